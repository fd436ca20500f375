using System.Net;
using PlayStationStore.Testing;

namespace PlayStationStore.Gateway.Tests;

/// <summary>What of the catalogue the gateway gives again, and for how long.</summary>
public sealed class CatalogueCacheTests : IAsyncLifetime
{
    private readonly GatewayUnderTest gateway = new() { Burst = 100_000, Catalogue = [new("a"), new("b")] };
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        await gateway.InitializeAsync();
        client = gateway.ClientAt("127.0.9.1");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_is_given_again_while_products_has_its_version()
    {
        var kept = await Kept("kept");

        Assert.Equal(kept, await Ask("kept"));
    }

    [Fact]
    public async Task What_was_asked_for_once_only_is_not_kept()
    {
        await Kept("control");

        var (first, second, third) = (await Ask("once"), await Ask("once"), await Ask("once"));

        Assert.NotEqual(first, second);
        Assert.Equal(second, third);
    }

    [Fact]
    public async Task Who_asks_does_not_matter()
    {
        var kept = await Kept("everybody");
        using var signedIn = gateway.ClientAt("127.0.9.2");
        signedIn.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer a.b.c");

        Assert.Equal(kept, await signedIn.GetStringAsync("/api/products/numbered/everybody"));
    }

    [Theory]
    [InlineData("/api/products/numbered/query?a=1", "/api/products/numbered/query?a=2")]
    [InlineData("/api/products/numbered/query?platform=PS4&platform=PS3", "/api/products/numbered/query?platform=PS4,PS3")]
    [InlineData("/api/products/numbered/case", "/api/products/numbered/Case")]
    public async Task Another_address_has_an_answer_of_its_own(string address, string other)
    {
        await Until(async () => await client.GetStringAsync(address) == await client.GetStringAsync(address), "the answer is kept");

        Assert.NotEqual(await client.GetStringAsync(address), await client.GetStringAsync(other));
    }

    [Fact]
    public async Task After_a_change_at_one_replica_nothing_from_before_is_given()
    {
        var before = await Kept("changed");
        gateway.Catalogue[0].Version = gateway.Catalogue[0].Answered = "same.2";

        await Until(async () => await Ask("changed") != before, "the change is seen");

        for (var again = 0; again < 20; again++)
        {
            Assert.NotEqual(before, await Ask("changed"));
        }
    }

    [Fact]
    public async Task An_answer_from_before_a_change_is_not_kept_after_it()
    {
        await Kept("late");
        foreach (var replica in gateway.Catalogue)
        {
            replica.Version = "same.3";
        }

        // Its answers still come from before, as those of a replica that is about to see the change.
        await NothingIsKept("late");
    }

    [Fact]
    public async Task Nothing_is_given_again_while_a_replica_does_not_say_its_version()
    {
        await Kept("silent");
        gateway.Catalogue[1].Version = null;

        await NothingIsKept("silent");
    }

    [Theory]
    [InlineData("personal")]
    [InlineData("missing")]
    public async Task What_is_personal_or_not_there_is_never_given_again(string what)
    {
        await Kept("control");
        var answers = new List<string>();
        for (var one = 0; one < 5; one++)
        {
            using var answer = await client.GetAsync($"/api/products/numbered/{what}");
            Assert.Null(answer.Headers.Age);
            answers.Add(answer.StatusCode is HttpStatusCode.NotFound ? $"{one}" : await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(5, answers.Distinct().Count());
    }

    [Fact]
    public async Task What_bears_no_version_is_never_given_again()
    {
        await Kept("control");
        gateway.Catalogue[0].Answered = gateway.Catalogue[1].Answered = null;

        Assert.NotEqual(await Ask("unversioned"), await Ask("unversioned"));
        Assert.NotEqual(await Ask("unversioned"), await Ask("unversioned"));
    }

    [Fact]
    public async Task A_write_is_never_answered_from_the_cache()
    {
        await Kept("written");
        using var first = await client.PostAsync("/api/products/numbered/written", null);
        using var second = await client.PostAsync("/api/products/numbered/written", null);

        Assert.NotEqual(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    private static Task Until(Func<Task<bool>> condition, string expectation) => Wait.Until(condition, expectation, TimeSpan.FromSeconds(30));

    private Task<string> Ask(string what) => client.GetStringAsync($"/api/products/numbered/{what}");

    // Both replicas must have said their version before anything is kept.
    private async Task<string> Kept(string what)
    {
        await Until(async () => await Ask(what) == await Ask(what), "the answer is kept");
        return await Ask(what);
    }

    private Task NothingIsKept(string what) => Until(
        async () =>
        {
            var answers = new List<string>();
            for (var one = 0; one < 10; one++)
            {
                answers.Add(await Ask(what));
            }

            return answers.Distinct().Count() == answers.Count;
        },
        "every answer is a new one");
}
