using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The catalogue as CSV files, in and out.</summary>
internal static class ImportsApi
{
    private const int MostOpen = 5;
    private const int MostShown = 20;
    private const int LongestName = 200;

    public static void MapImportsApi(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/api/admin/imports").WithTag("Imports: administrators", "The catalogue as CSV files, in and out.")
            .RequireAuthorization(Policies.Administrator);
        imports.MapGet("/", List).WithSummary("List imports, the latest first");
        imports.MapPost("/", Send).WithSummary("Import a CSV file of up to 256 MB")
            .Accepts<IFormFile>("text/csv", "application/csv", "application/vnd.ms-excel", "text/plain", "application/octet-stream")
            .WithMetadata(new RequestSizeLimitAttribute(ImportFolder.MostBytes)).ProducesProblem(StatusCodes.Status409Conflict);
        imports.MapGet("/{id:guid}", Get).WithSummary("Read how far an import is");
        imports.MapPost("/{id:guid}/cancel", Cancel).WithSummary("Stop an import; rows that are done stay").ProducesProblem(StatusCodes.Status409Conflict);
        imports.MapGet("/{id:guid}/report", Report).WithSummary("Read what was wrong with rows, as a CSV file").Produces<FileStreamHttpResult>(StatusCodes.Status200OK, "text/csv");
        app.MapGroup("/api/admin/products/export").WithTag("Imports: administrators", "The catalogue as CSV files, in and out.")
            .RequireAuthorization(Policies.Administrator)
            .MapGet("/", Export).WithSummary("Read the catalogue as a CSV file that can be imported").Produces<FileStreamHttpResult>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<Results<Ok<ImportPage>, ValidationProblem>> List(string? cursor, int? pageSize, ProductsDbContext database)
    {
        var size = pageSize ?? 24;
        if (size is < 1 or > 100)
        {
            return StoreProblems.Invalid("pageSize", "A page has 1 to 100 items.");
        }

        if (!Cursor.TryDecode<Position>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "Take the cursor from the page before.");
        }

        var imports = database.Imports.AsNoTracking();
        if (after is not null)
        {
            imports = imports.Where(import => import.SentAt < after.SentAt || (import.SentAt == after.SentAt && import.Id.CompareTo(after.Id) < 0));
        }

        var page = await imports.OrderByDescending(import => import.SentAt).ThenByDescending(import => import.Id).Take(size + 1).ToListAsync();
        var last = page.Count > size ? page[size - 1] : null;
        return TypedResults.Ok(new ImportPage([.. page.Take(size).Select(import => ImportView.Of(import, []))], last is null ? null : Cursor.Encode(new Position(last.SentAt, last.Id))));
    }

    private static async Task<Results<Accepted<ImportView>, ValidationProblem, ProblemHttpResult>> Send(
        string? name, HttpRequest request, ImportFolder folder, ProductsDbContext database, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (name?.Length > LongestName || name?.Any(char.IsControl) is true)
        {
            return StoreProblems.Invalid("name", $"A file's name has at most {LongestName} characters.");
        }

        if (await database.Imports.CountAsync(import => import.State == ImportState.Waiting || import.State == ImportState.Running, cancel) >= MostOpen)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "busy", "Other imports wait already. Send the file when one of them has ended.");
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var kept = false;
        try
        {
            if (await folder.KeepAsync(id, request.Body, cancel) is not { } file)
            {
                return StoreProblems.Problem(StatusCodes.Status413PayloadTooLarge, "tooLarge", "A file has at most 256 MB.");
            }

            var (reader, problem) = ImportReader.Open(folder.PathOf(id));
            using (reader)
            {
                if (problem is not null)
                {
                    return StoreProblems.Invalid("file", problem);
                }

                var import = ProductImport.Of(id, file, string.IsNullOrWhiteSpace(name) ? "catalogue.csv" : name.Trim(), reader!.Ignored.Take(40).Select(Short), user.UserId(), now);
                database.Add(import);
                database.Audit("import.sent", $"import/{id}", new { import.FileName, import.Size, import.Hash });
                await database.SaveChangesAsync(cancel);
                kept = true;
                return TypedResults.Accepted($"/api/admin/imports/{id}", ImportView.Of(import, []));
            }
        }
        finally
        {
            if (!kept)
            {
                folder.Remove(id);
            }
        }
    }

    private static async Task<Results<Ok<ImportView>, NotFound>> Get(Guid id, ProductsDbContext database)
    {
        if (await database.Imports.AsNoTracking().FirstOrDefaultAsync(import => import.Id == id) is not { } import)
        {
            return TypedResults.NotFound();
        }

        var remarks = await RemarksOf(id, database).Take(MostShown).ToListAsync();
        return TypedResults.Ok(ImportView.Of(import, remarks));
    }

    // The version moves on with it, so that whoever works on it finds at its next save that it has ended.
    private static async Task<Results<Ok<ImportView>, NotFound, ProblemHttpResult>> Cancel(Guid id, ProductsDbContext database, ImportFolder folder, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () =>
        {
            var stopped = await database.Imports.Where(import => import.Id == id && (import.State == ImportState.Waiting || import.State == ImportState.Running))
                .ExecuteUpdateAsync(set => set.SetProperty(import => import.State, ImportState.Cancelled).SetProperty(import => import.EndedAt, now)
                    .SetProperty(import => import.Version, import => import.Version + 1));
            if (stopped > 0)
            {
                database.Audit("import.cancelled", $"import/{id}");
            }
        });
        if (await database.Imports.AsNoTracking().FirstOrDefaultAsync(import => import.Id == id) is not { } import)
        {
            return TypedResults.NotFound();
        }

        if (import.State is not ImportState.Cancelled)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "ended", "This import has ended.");
        }

        folder.Remove(id);
        return TypedResults.Ok(ImportView.Of(import, []));
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> Report(Guid id, ProductsDbContext database) =>
        await database.Imports.AnyAsync(import => import.Id == id)
            ? TypedResults.Stream(body => CsvText.WriteAsync(body, ReportLines(id, database)), CsvText.ContentType, $"import-{id}.csv")
            : TypedResults.NotFound();

    private static PushStreamHttpResult Export(ProductsDbContext database, TimeProvider clock) =>
        TypedResults.Stream(body => CsvText.WriteAsync(body, CatalogueExport.LinesAsync(database)), CsvText.ContentType, $"catalogue-{clock.GetUtcNow():yyyy-MM-dd}.csv");

    private static async IAsyncEnumerable<string?[]> ReportLines(Guid id, ProductsDbContext database)
    {
        yield return ["line", "sku", "column", "reason", "imported"];
        await foreach (var remark in RemarksOf(id, database).AsAsyncEnumerable())
        {
            yield return [remark.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), remark.Sku, remark.Column, remark.Reason, remark.Kept ? "yes" : "no"];
        }
    }

    private static IQueryable<ImportRemarkView> RemarksOf(Guid id, ProductsDbContext database) =>
        database.ImportRemarks.AsNoTracking().Where(remark => remark.ImportId == id).OrderBy(remark => remark.Line)
            .Select(remark => new ImportRemarkView(remark.Line, remark.Sku, remark.Column, remark.Reason, remark.Kept));

    private static string Short(string heading) => heading.Trim() is var text && text.Length > 60 ? text[..60] : heading.Trim();

    private sealed record Position(DateTimeOffset SentAt, Guid Id);
}

/// <summary>A page of imports.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record ImportPage(IReadOnlyList<ImportView> Items, string? NextCursor);

/// <summary>An import and how far it is.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Percent">The part of the file that is done, from 0 to 100.</param>
/// <param name="Created">Rows that made a variant.</param>
/// <param name="Changed">Rows that changed something.</param>
/// <param name="Unchanged">Rows that said what was so already.</param>
/// <param name="Bad">Rows that were left out.</param>
/// <param name="Noted">Rows that were imported but for a part of them.</param>
/// <param name="IgnoredColumns">Headings that mean nothing here.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
/// <param name="Remarks">The first that are wrong; the report has all. Empty in lists.</param>
public sealed record ImportView(
    Guid Id, string FileName, long Size, Guid SentBy, DateTimeOffset SentAt, ImportState State, string? Failure, DateTimeOffset? EndedAt, int Percent,
    int Created, int Changed, int Unchanged, int Bad, int Noted, IReadOnlyList<string> IgnoredColumns, IReadOnlyList<ImportRemarkView> Remarks)
{
    internal static ImportView Of(ProductImport import, IReadOnlyList<ImportRemarkView> remarks) => new(
        import.Id, import.FileName, import.Size, import.SentBy, import.SentAt, import.State, import.Failure, import.EndedAt, import.Percent,
        import.Created, import.Changed, import.Unchanged, import.Bad, import.Noted, import.IgnoredColumns, remarks);
}

/// <summary>What was wrong with a row.</summary>
/// <param name="Line">The line of the file that the row begins on.</param>
/// <param name="Column">Null where it is the row.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Kept">The row was imported but for this.</param>
public sealed record ImportRemarkView(int Line, string Sku, string? Column, string Reason, bool Kept);
