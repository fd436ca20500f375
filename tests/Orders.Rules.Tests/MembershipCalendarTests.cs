using CsCheck;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class MembershipCalendarTests
{
    private static readonly Guid User = Guid.CreateVersion7();

    private static readonly Gen<(int Kind, MembershipTier Tier, int Months, double Hours, int Pick)> Steps =
        Gen.Select(Gen.Int[0, 3], Gen.Enum<MembershipTier>(), Gen.OneOf(Gen.Const(1), Gen.Const(3), Gen.Const(12)), Gen.Double[0, 1_000], Gen.Int[0, 5]);

    [Theory]
    [InlineData("2027-01-31", 1, "2027-02-28")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2027-08-31", 3, "2027-11-30")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2027-12-15", 1, "2028-01-15")]
    public void A_membership_ends_on_the_day_it_began_or_on_the_months_last(string from, int months, string until)
    {
        var start = At(from);

        var period = Add([], MembershipTier.Essential, months, start);

        Assert.Equal((start, At(until)), (period.From, period.Until));
    }

    [Fact]
    public void Twelve_single_months_are_a_year_whatever_day_they_begin_on() =>
        Gen.Int[0, 1_500].Sample(day =>
        {
            var start = At("2027-01-01").AddDays(day);
            var periods = new List<MembershipPeriod>();
            for (var month = 0; month < 12; month++)
            {
                periods.Add(Add(periods, MembershipTier.Extra, 1, start));
            }

            Assert.Equal(Add([], MembershipTier.Extra, 12, start).Until, periods[^1].Until);
            Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        });

    [Fact]
    public void Where_the_shopper_lives_does_not_move_the_end()
    {
        var tokyo = new DateTimeOffset(2027, 2, 1, 3, 0, 0, TimeSpan.FromHours(9));

        var period = Add([], MembershipTier.Essential, 1, tokyo);

        Assert.Equal(At("2027-02-28").AddHours(18), period.Until);
    }

    [Fact]
    public void A_higher_tier_begins_at_once_and_the_lower_one_goes_on_after_it()
    {
        var start = At("2027-03-01");
        var lower = Add([], MembershipTier.Essential, 3, start);
        var later = start.AddDays(10);

        var higher = Add([lower], MembershipTier.Premium, 1, later);

        MembershipPeriod[] all = [lower, higher];
        Assert.Equal((later, At("2027-04-11")), (higher.From, higher.Until));
        Assert.Equal(start, lower.From);
        Assert.Equal(At("2027-06-01") + (higher.Until - later), lower.Until);
        Assert.Equal(
            [MembershipTier.Essential, MembershipTier.Premium, MembershipTier.Premium, MembershipTier.Essential, null],
            new[] { start, later, higher.Until.AddTicks(-1), higher.Until, lower.Until }.Select(at => MembershipCalendar.TierAt(all, at)));
    }

    [Fact]
    public void A_lower_tier_begins_when_the_higher_one_ends()
    {
        var start = At("2027-03-01");
        var higher = Add([], MembershipTier.Premium, 1, start);

        var lower = Add([higher], MembershipTier.Essential, 1, start.AddDays(5));

        Assert.Equal((At("2027-04-01"), At("2027-05-01")), (lower.From, lower.Until));
    }

    [Fact]
    public void Days_are_used_only_while_nothing_higher_runs()
    {
        var start = At("2027-03-01");
        var lower = Add([], MembershipTier.Essential, 1, start);
        var higher = Add([lower], MembershipTier.Extra, 1, start.AddDays(4));
        MembershipPeriod[] all = [lower, higher];

        var now = start.AddDays(14);

        Assert.Equal((4, 10), (MembershipCalendar.UsedDays(all, lower, now), MembershipCalendar.UsedDays(all, higher, now)));
        Assert.Equal(0, MembershipCalendar.UsedDays(all, higher, start.AddDays(5).AddTicks(-1)));
    }

    [Fact]
    public void What_is_given_back_lets_the_rest_begin_the_earlier()
    {
        var start = At("2027-03-01");
        var lower = Add([], MembershipTier.Essential, 1, start);
        var higher = Add([lower], MembershipTier.Extra, 12, start.AddDays(4));
        MembershipPeriod[] all = [lower, higher];

        MembershipCalendar.End(all, higher, start.AddDays(6));

        Assert.Equal(At("2027-04-03"), lower.Until);
        Assert.Equal(MembershipTier.Essential, MembershipCalendar.TierAt(all, start.AddDays(6)));
    }

    [Theory]
    [InlineData(999, 0, 30, 999)]
    [InlineData(999, 10, 30, 666)]
    [InlineData(1_000, 1, 31, 967)]
    [InlineData(999, 30, 30, 0)]
    [InlineData(0, 3, 30, 0)]
    public void A_membership_gives_back_what_was_paid_less_the_days_used(long paid, int used, int days, long worth) =>
        Assert.Equal(worth, RefundRules.WorthOfMembership(paid, used, days));

    // The model: what is left of each, used up from the highest tier on, the older first.
    [Fact]
    public void Whatever_is_bought_and_given_back_nothing_paid_is_lost_and_nothing_is_had_twice() => Steps.Array[1, 25].Sample(steps =>
    {
        var now = At("2027-01-31").AddHours(10);
        var periods = new List<MembershipPeriod>();
        var left = new List<(MembershipPeriod Period, TimeSpan Left)>();
        foreach (var (kind, tier, months, hours, pick) in steps)
        {
            switch (kind)
            {
                case 0:
                    now += Pass(left, TimeSpan.FromHours(hours));
                    break;
                case 3 when left.Count > 0:
                    var ended = left[pick % left.Count];
                    MembershipCalendar.End(periods, ended.Period, now);
                    left.Remove(ended);
                    break;
                default:
                    var place = left.FindLastIndex(one => one.Period.Tier >= tier) + 1;
                    var bought = Add(periods, tier, months, now);
                    periods.Add(bought);
                    left.Insert(place, (bought, bought.Until - bought.From));
                    break;
            }

            Assert.Equal(left.Select(one => one.Period.Id), MembershipCalendar.Queue(periods, now).Select(period => period.Id));
            Assert.All(left, one => Assert.Equal(one.Left, MembershipCalendar.Left(periods, one.Period, now)));
            Assert.Equal(left is [var first, ..] ? first.Period.Tier : null, MembershipCalendar.TierAt(periods, now));
            Assert.Equal(now + left.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Left), MembershipCalendar.Queue(periods, now) is [.., var last] ? last.Until : now);
            Assert.All(periods, period => Assert.True(period.From <= period.Until));
        }
    });

    private static TimeSpan Pass(List<(MembershipPeriod Period, TimeSpan Left)> left, TimeSpan time)
    {
        for (var rest = time; left is [var first, ..] && rest > TimeSpan.Zero;)
        {
            var used = rest < first.Left ? rest : first.Left;
            rest -= used;
            left.RemoveAt(0);
            if (used < first.Left)
            {
                left.Insert(0, (first.Period, first.Left - used));
            }
        }

        return time;
    }

    private static MembershipPeriod Add(IReadOnlyList<MembershipPeriod> periods, MembershipTier tier, int months, DateTimeOffset now) =>
        MembershipCalendar.Add(periods, new(User, Guid.CreateVersion7(), 0, $"PLUS-{tier}-{months}", tier, months), now);

    private static DateTimeOffset At(string day) => new(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
