namespace PlayStationStore.Web;

/// <summary>Imports of the catalogue and how far they are, for administrators.</summary>
public sealed class AdminImportsClient(HttpClient http)
{
    internal const string Imports = "/api/admin/imports";

    /// <summary>A page of imports, the latest first.</summary>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<ImportView>>> ListAsync(string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<ImportView>>(OrdersClient.Query(Imports, ("cursor", cursor)), cancellation);

    /// <summary>One import, with the first rows that are wrong.</summary>
    public Task<Fetched<ImportView>> GetAsync(Guid id, CancellationToken cancellation) => http.FetchAsync<ImportView>($"{Imports}/{id}", cancellation);

    /// <summary>Stops an import.</summary>
    public Task<Fetched<ImportView>> CancelAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<ImportView>(HttpMethod.Post, $"{Imports}/{id}/cancel", null, cancellation);
}

/// <summary>Files of the catalogue, which are as long as they are and so are waited for longer, and passed on as they come.</summary>
public sealed class CatalogueFilesClient(HttpClient http)
{
    /// <summary>Sends a file to be imported.</summary>
    /// <param name="file">What was chosen in the form.</param>
    /// <param name="cancellation">Cancelled when the sender goes away.</param>
    public async Task<Fetched<ImportView>> SendAsync(IFormFile file, CancellationToken cancellation)
    {
        using var content = new StreamContent(file.OpenReadStream()) { Headers = { ContentType = new("text/csv"), ContentLength = file.Length } };
        return await http.CallAsync<ImportView>(
            new(HttpMethod.Post, OrdersClient.Query(AdminImportsClient.Imports, ("name", Path.GetFileName(file.FileName)))) { Content = content }, cancellation);
    }

    /// <summary>Shows a picture in place of the one that is drawn from the title.</summary>
    /// <param name="id">The product.</param>
    /// <param name="file">What was chosen in the form.</param>
    /// <param name="cancellation">Cancelled when the sender goes away.</param>
    public async Task<Fetched<object>> SendPictureAsync(Guid id, IFormFile file, CancellationToken cancellation)
    {
        // What it is, Products finds out from the picture.
        using var content = new StreamContent(file.OpenReadStream()) { Headers = { ContentType = new("image/png"), ContentLength = file.Length } };
        return await http.CallAsync<object>(new(HttpMethod.Put, Picture(id)) { Content = content }, cancellation);
    }

    /// <summary>Goes back to the picture that is drawn.</summary>
    public Task<Fetched<object>> RemovePictureAsync(Guid id, CancellationToken cancellation) => http.SendAsync<object>(HttpMethod.Delete, Picture(id), null, cancellation);

    private static string Picture(Guid id) => $"/api/products/{id}/image";

    /// <summary>Opens the whole catalogue as a file; null where it does not come.</summary>
    public Task<Stream?> ExportAsync(CancellationToken cancellation) => OpenAsync("/api/admin/products/export", cancellation);

    /// <summary>Opens the report of an import; null where it does not come.</summary>
    public Task<Stream?> ReportAsync(Guid id, CancellationToken cancellation) => OpenAsync($"{AdminImportsClient.Imports}/{id}/report", cancellation);

    private async Task<Stream?> OpenAsync(string address, CancellationToken cancellation)
    {
        try
        {
            var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStreamAsync(cancellation) : null;
        }
        catch (Exception exception) when (ServiceCalls.IsOutage(exception, cancellation))
        {
            return null;
        }
    }
}

/// <summary>An import.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c>, <c>cancelled</c> or <c>failed</c>.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Percent">How much of the file is done.</param>
/// <param name="Bad">Rows that were left out.</param>
/// <param name="Noted">Rows that were imported but for a part.</param>
/// <param name="IgnoredColumns">Headings that mean nothing to the store.</param>
/// <param name="Remarks">The first rows that are wrong; the report has all.</param>
public sealed record ImportView(
    Guid Id, string FileName, long Size, DateTimeOffset SentAt, string State, string? Failure, int Percent,
    int Created, int Changed, int Unchanged, int Bad, int Noted, IReadOnlyList<string> IgnoredColumns, IReadOnlyList<ImportRemark> Remarks)
{
    /// <summary>It waits or is worked off.</summary>
    public bool Open => State is "waiting" or "running";

    /// <summary>The state in words.</summary>
    public string Words => State switch
    {
        "waiting" => "Waiting",
        "running" => $"Running, {Percent} %",
        "done" => Bad == 0 ? "Done" : "Done, with bad rows",
        "cancelled" => "Stopped",
        _ => "Failed",
    };

    /// <summary>The class that colours it.</summary>
    public string Tone => State switch
    {
        "done" => Bad == 0 ? "status-ok" : "status-warn",
        "failed" => "status-bad",
        "running" => "status-now",
        _ => "",
    };
}

/// <summary>What is wrong with a row of a file.</summary>
/// <param name="Line">The line that it begins on.</param>
/// <param name="Kept">The row was imported but for this.</param>
public sealed record ImportRemark(int Line, string Sku, string? Column, string Reason, bool Kept);
