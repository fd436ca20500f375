using System.Net;
using System.Text;

namespace PlayStationStore.Web.Tests;

public sealed class ImportPagesTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Imports_are_for_administrators()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/imports")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/imports/export")).Status);
        Assert.DoesNotContain("Imports", (await staff.OpenAsync("/admin/products")).Words);
    }

    [Fact]
    public async Task An_administrator_sends_a_file_sees_how_far_it_is_and_reads_what_is_wrong()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/imports");

        page = await administrator.SubmitFileAsync(page, "/send\"", ("file", "games; 2026.csv", "sku;name\nA;Pokémon\n"u8.ToArray()));

        Assert.Equal(("games; 2026.csv", "sku;name\nA;Pokémon\n"), app.Store.Imports.Sent);
        Assert.Contains("Waiting", page.Words);
        app.Store.Imports.State = "running";
        page = await administrator.OpenAsync(administrator.Address);
        Assert.Contains("Running, 40 %", page.Words);
        Assert.Contains("1,200", page.Words);
        Assert.Contains("Not looked at: colour.", page.Words);
        Assert.Contains("3 BAD price A price is written as 59.99.", page.All("tr"));
        Assert.Contains("line,sku", (await administrator.OpenAsync($"{administrator.Address}/report")).Html);
        Assert.Contains("Running, 40 %", (await administrator.OpenAsync("/admin/imports")).Words);
    }

    [Fact]
    public async Task An_import_can_be_stopped()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.SubmitFileAsync(await administrator.OpenAsync("/admin/imports"), "/send\"", ("file", "games.csv", "sku\nA"u8.ToArray()));

        page = await administrator.SubmitAsync(page, "/cancel\"");

        Assert.Contains("The import is stopped. Rows that were done stay.", page.Words);
        Assert.DoesNotContain("/cancel\"", page.Html);
    }

    [Fact]
    public async Task What_is_no_catalogue_is_told()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/imports");

        Assert.Contains("This file is no catalogue", (await administrator.SubmitFileAsync(page, "/send\"", ("file", "photo.png", [0x89, 0x50]))).Words);
        Assert.Contains("Choose a file that is not empty.", (await administrator.SubmitFileAsync(page, "/send\"", ("file", "empty.csv", []))).Words);
        app.Store.Down.Add("products");
        Assert.Contains("does not answer at the moment", (await administrator.SubmitFileAsync(page, "/send\"", ("file", "games.csv", Encoding.UTF8.GetBytes("sku\nA")))).Words);
        Assert.Null(app.Store.Imports.Sent);
    }

    [Fact]
    public async Task The_catalogue_comes_as_a_file()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        using var answer = await administrator.SendAsync(new(HttpMethod.Get, new Uri("/admin/imports/export", UriKind.Relative)));

        Assert.Equal("sku,name\r\nA,B", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
