using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using RabbitMQ.Client;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A message that Users cannot handle, seen and decided on in the back office.</summary>
public sealed class FaultedMessageJourneyTests(RunningStore store) : ShopperJourney(store)
{
    // An exchange, and the queue that it feeds.
    private const string Endpoint = "users-receipt-to-be-mailed";

    private static readonly string[] MessageType = ["urn:message:PlayStationStore.Contracts:ReceiptToBeMailed"];

    [Fact]
    public async Task Staff_send_it_again_an_administrator_drops_it_and_the_trail_names_both()
    {
        using var administrator = await Store.SignedInAs("admin");
        var number = $"F{Guid.NewGuid():N}"[..10];
        await Publish(number);
        var message = await Waiting(administrator, number, []);
        var page = await Staff("staff");
        await page.GotoAsync("/admin/messages");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Endpoint });
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Drop" })).ToHaveCountAsync(0);
        await row.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();
        await Expect(page.GetByText("The message is on its way again.")).ToBeVisibleAsync();

        // It has no total still, so it comes back.
        var again = await Waiting(administrator, number, [message]);
        var office = await Staff("admin");
        await office.GotoAsync("/admin/messages");
        await office.GetByRole(AriaRole.Row).Filter(new() { HasText = Endpoint }).GetByRole(AriaRole.Button, new() { Name = "Drop" }).First.ClickAsync();
        await Expect(office.GetByText("The message is dropped.")).ToBeVisibleAsync();

        Assert.Equal("message.sentAgain", await Decision(administrator, message));
        Assert.Equal("message.dropped", await Decision(administrator, again));
    }

    private static async Task<string?> Decision(HttpClient administrator, Guid message) =>
        Assert.Single((await administrator.GetFromJsonAsync<JsonElement>($"/api/admin/audit/users?subject=message/{message}")).GetProperty("items").EnumerateArray())
            .GetProperty("action").GetString();

    private static async Task<Guid> Waiting(HttpClient administrator, string number, Guid[] but)
    {
        Guid? found = null;
        await RunningStore.Eventually(async () =>
        {
            var list = await administrator.GetFromJsonAsync<JsonElement>("/api/admin/messages/users");
            foreach (var item in list.GetProperty("items").EnumerateArray())
            {
                var id = item.GetProperty("id").GetGuid();
                if (!but.Contains(id) && (await administrator.GetStringAsync($"/api/admin/messages/users/{id}")).Contains(number, StringComparison.Ordinal))
                {
                    found = id;
                }
            }

            return found is not null;
        }, "the message waits for staff");
        return found!.Value;
    }

    // A receipt without its total, as no version of Orders sends it.
    private async Task Publish(string number)
    {
        var (id, me) = (Guid.NewGuid(), await Client.GetFromJsonAsync<JsonElement>("/api/users/me"));
        var envelope = JsonSerializer.Serialize(new
        {
            messageId = id,
            messageType = MessageType,
            message = new { orderId = Guid.NewGuid(), number, userId = me.GetProperty("id").GetGuid(), mailing = 1, paidAt = DateTimeOffset.UnixEpoch, askedAt = DateTimeOffset.UnixEpoch },
        });
        await using var connection = await new ConnectionFactory { Uri = await Store.Broker() }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(
            "", Endpoint, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = $"{id}" }, Encoding.UTF8.GetBytes(envelope));
    }
}
