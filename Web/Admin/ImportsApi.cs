using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of the imports' pages do, and the files that they offer.</summary>
internal static class ImportsApi
{
    // As large as Products takes it, and the form around it.
    private const long LargestFile = 256 * 1024 * 1024;
    private const long LargestForm = LargestFile + (64 * 1024);

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/admin/imports").RequireAuthorization(Policies.Administrator);
        imports.MapForm("/send", Send).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).WithFormOptions(multipartBodyLengthLimit: LargestForm);
        imports.MapForm("/{id:guid}/cancel", Cancel);
        imports.MapGet("/export", Export);
        imports.MapGet("/{id:guid}/report", Report);
    }

    private static async Task<RedirectHttpResult> Send(CatalogueFilesClient files, IFormFile? file, CancellationToken cancellation)
    {
        if (file is null || file.Length == 0)
        {
            return TypedResults.LocalRedirect("/admin/imports?told=nothing");
        }

        var answer = await files.SendAsync(file, cancellation);
        return TypedResults.LocalRedirect(answer.IsOk ? $"/admin/imports/{answer.Value.Id}" : $"/admin/imports?told={Word()}");

        string Word() => answer.Problem switch
        {
            { Code: "busy" } => "busy",
            { Status: StatusCodes.Status413PayloadTooLarge } => "large",
            { Errors.Count: > 0 } => "unreadable",
            _ => "later",
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Cancel(AdminImportsClient imports, Guid id, CancellationToken cancellation)
    {
        var answer = await imports.CancelAsync(id, cancellation);
        return answer.IsMissing ? TypedResults.NotFound()
            : TypedResults.LocalRedirect($"/admin/imports/{id}?told={(answer.IsOk ? "stopped" : answer.IsDown ? "later" : "ended")}");
    }

    private static async Task<Results<FileStreamHttpResult, RedirectHttpResult>> Export(CatalogueFilesClient files, TimeProvider clock, CancellationToken cancellation) =>
        await files.ExportAsync(cancellation) is { } file
            ? TypedResults.Stream(file, "text/csv; charset=utf-8", $"catalogue-{clock.GetUtcNow():yyyy-MM-dd}.csv")
            : TypedResults.LocalRedirect("/admin/imports?told=later");

    private static async Task<Results<FileStreamHttpResult, RedirectHttpResult>> Report(CatalogueFilesClient files, Guid id, CancellationToken cancellation) =>
        await files.ReportAsync(id, cancellation) is { } file
            ? TypedResults.Stream(file, "text/csv; charset=utf-8", $"import-{id}.csv")
            : TypedResults.LocalRedirect("/admin/imports?told=later");
}
