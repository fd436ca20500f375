using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>What operators do on the dashboard beyond starting and stopping.</summary>
[Collection(nameof(RunningStore))]
public sealed class OperatorTests(RunningStore store)
{
    [Fact]
    public async Task The_books_are_checked_by_a_command_that_shows_every_rule()
    {
        using var shopper = await store.NewShopper();
        await shopper.Reaches(await shopper.PlaceOrder(await shopper.Find("kind=game&search=tekken")).Accepted(), "completed");

        var answer = await store.Command("orders", "check-books");

        var checks = JsonSerializer.Deserialize<JsonElement>(answer.Data!.Value).EnumerateArray().ToList();
        Assert.All(checks, check => Assert.True(check.GetProperty("ok").GetBoolean(), check.GetProperty("detail").GetString()));
        Assert.Equal(
            ["orders", "orders and products", "products", "users"], checks.Select(check => check.GetProperty("service").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }
}
