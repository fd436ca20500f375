using CsCheck;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>When a renewal is told, charged and given up, and how long a trial lasts.</summary>
public sealed class RenewalTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 7)]
    [InlineData(12, 7)]
    public void It_is_told_some_days_before(int months, int days) => Assert.Equal(TimeSpan.FromDays(days), Renewal.NoticeOf(months));

    [Fact]
    public void It_is_charged_a_day_before_the_end_or_at_once_where_that_is_past() => Gen.Int[-100, 1_000].Sample(hours =>
    {
        var period = Period();
        var now = period.Until.AddHours(-hours);

        var renewal = Renewal.Announce(period, 9_99, "USD", now);

        Assert.Equal(hours > 24 ? period.Until.AddDays(-1) : now, renewal.NextTryAt);
        Assert.Equal((period.Id, period.UserId, 9_99L, "USD", now, RenewalState.Announced), (renewal.PeriodId, renewal.UserId, renewal.Amount, renewal.Currency, renewal.AnnouncedAt, renewal.State));
    });

    [Fact]
    public void Each_try_has_a_key_of_its_own_and_the_next_is_a_day_later()
    {
        var renewal = Renewal.Announce(Period(), 9_99, "USD", An.Instant);
        var (keys, orders) = (new List<string>(), new[] { Guid.NewGuid(), Guid.NewGuid() });

        foreach (var (day, order) in orders.Index())
        {
            keys.Add(renewal.NextKey);
            renewal.Order(order);
            Assert.Equal((RenewalState.Ordered, order, day + 1), (renewal.State, renewal.OrderId!.Value, renewal.Tried));
            renewal.TryAgain(An.Instant.AddDays(day));
            Assert.Equal((RenewalState.Announced, An.Instant.AddDays(day + 1)), (renewal.State, renewal.NextTryAt));
        }

        Assert.Equal([$"renewal-{renewal.Id:N}-1", $"renewal-{renewal.Id:N}-2"], keys);
        Assert.Equal(4, renewal.Version);
        renewal.Finish();
        Assert.Equal((RenewalState.Done, 5L), (renewal.State, renewal.Version));
        renewal.Stop();
        Assert.Equal((RenewalState.Stopped, 6L), (renewal.State, renewal.Version));
    }

    [Fact]
    public void A_trial_lasts_its_hours_and_its_first_download_counts()
    {
        var (user, offer) = (Guid.NewGuid(), Things.Offer("GAME-TRIAL"));

        var trial = Trial.Of(user, offer, new OfferedTrial(2, "A game", "PS5", "Standard"), An.Instant);

        Assert.Equal((user, offer.ProductId, "GAME-TRIAL", "A game", Kinds.Game, "PS5", "Standard"), (trial.UserId, trial.ProductId, trial.Sku, trial.Name, trial.Kind, trial.Platform, trial.Edition));
        Assert.Equal((An.Instant, An.Instant.AddHours(2)), (trial.StartedAt, trial.Until));
        Assert.Equal((false, true, true), (trial.IsOver(trial.Until.AddTicks(-1)), trial.IsOver(trial.Until), trial.IsOver(trial.Until.AddTicks(1))));
        trial.BeginDownload(An.Instant.AddHours(1));
        trial.BeginDownload(An.Instant.AddHours(2));
        Assert.Equal(An.Instant.AddHours(1), trial.DownloadedAt);
    }

    private static MembershipPeriod Period() =>
        MembershipCalendar.Add([], new(Guid.NewGuid(), Guid.CreateVersion7(), 0, "PLUS", MembershipTier.Essential, 1), An.Instant);
}
