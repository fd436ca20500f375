using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>
/// Works off files that wait, one at a time and some rows in each unit of work, so that orders and editors come in between. What a unit of work
/// changes is saved with the line that it has come to; who goes on later reads the lines before that again, and only remembers them.
/// </summary>
internal sealed class ImportWorker(ImportFolder folder, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ImportWorker> logger)
    : Sweeper(TimeSpan.FromSeconds(1), clock, logger, "An import could not be worked on; a later look goes on behind the last row that is done.")
{
    private const int BatchSize = 250;
    private const int Attempts = 3;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private DateTimeOffset cleaned = DateTimeOffset.MinValue;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        var open = await InScope(database => database.Imports.Where(import => import.State == ImportState.Waiting || import.State == ImportState.Running)
            .OrderBy(import => import.SentAt).Select(import => import.Id).ToListAsync(stopping));
        foreach (var id in open.Where(folder.Has))
        {
            if (await HoldAsync(id, stopping) is { } held)
            {
                await WorkAsync(held, stopping);
            }
        }

        if (Clock.GetUtcNow() is var now && now - cleaned > TimeSpan.FromHours(1))
        {
            cleaned = now;
            folder.Clean(open, DateTime.UtcNow.AddHours(-1));
            var old = now - Kept;
            await InScope(database => database.ImportRemarks.Where(remark => database.Imports.Any(import => import.Id == remark.ImportId && import.EndedAt < old)).ExecuteDeleteAsync(stopping));
            await InScope(database => database.Imports.Where(import => import.EndedAt < old).ExecuteDeleteAsync(stopping));
        }
    }

    private Task<Held?> HoldAsync(Guid id, CancellationToken stopping) => InScope<Held?>(async database =>
    {
        if (await database.Imports.FindAsync([id], stopping) is not { } import || !import.TryHold(Clock.GetUtcNow()))
        {
            return null;
        }

        try
        {
            await database.SaveChangesAsync(stopping);
            return new(id) { Version = import.Version, From = import.Line };
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another replica was faster.
            return null;
        }
    });

    private async Task WorkAsync(Held held, CancellationToken stopping)
    {
        var (opened, unreadable) = ImportReader.Open(folder.PathOf(held.Id));
        if (opened is null)
        {
            await EndAsync(held, ImportState.Failed, unreadable, stopping);
            return;
        }

        using var reader = opened;
        var seen = new SeenRows();
        var batch = new List<ReadRow>(BatchSize);
        for (var ended = false; !ended;)
        {
            var (row, problem) = reader.Read();
            ended = row is null && problem is null;
            if (row is not null || problem is not null)
            {
                var (compared, repeated) = row is null ? default : seen.Check(row);
                var read = new ReadRow(row?.Line ?? problem!.Line, compared, problem ?? repeated);
                if (read.Line > held.From)
                {
                    batch.Add(read);
                }
            }

            if (seen.Count > SeenRows.Most)
            {
                await EndAsync(held, ImportState.Failed, $"A file has at most {SeenRows.Most} rows. Split it.", stopping);
                return;
            }

            if (batch.Count == BatchSize || ended)
            {
                if (!await SaveAsync(held, batch, reader.Position, stopping))
                {
                    return;
                }

                batch.Clear();
            }
        }

        await EndAsync(held, ImportState.Done, null, stopping);
    }

    // False where the import has ended, or is somebody else's now.
    private async Task<bool> SaveAsync(Held held, List<ReadRow> batch, long position, CancellationToken stopping)
    {
        if (batch.Count == 0)
        {
            return true;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TrySaveAsync(held, batch, position, stopping);
            }
            catch (DbUpdateException exception) when (batch.Count > 1)
            {
                logger.LogDebug(exception, "Rows from line {Line} could not be saved together; each is saved alone.", batch[0].Line);
                foreach (var row in batch)
                {
                    if (!await SaveAsync(held, [row], position, stopping))
                    {
                        return false;
                    }
                }

                return true;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // An editor has changed the same product; it is read again.
            }
            catch (DbUpdateException exception) when (batch[0].Row is { } row)
            {
                logger.LogError(exception, "A row of import {Import}, at line {Line}, could not be saved.", held.Id, row.Row.Line);
                batch = [new(row.Row.Line, null, new(row.Row.Line, row.Row.Sku, null, "The row could not be saved. Import it again."))];
                attempt = 0;
            }
        }
    }

    private Task<bool> TrySaveAsync(Held held, List<ReadRow> batch, long position, CancellationToken stopping) => InScope(async database =>
    {
        if (await database.Imports.FindAsync([held.Id], stopping) is not { } import || import.Version != held.Version)
        {
            return false;
        }

        var now = Clock.GetUtcNow();
        var rows = new ImportedRows(database, held.Id, now);
        var right = batch.Select(row => row.Row).OfType<CheckedRow>().ToList();
        var counts = await rows.ApplyAsync(right, stopping);
        var bad = batch.Select(row => row.Problem).OfType<RowProblem>().Concat(rows.Problems).ToList();
        var notes = right.Select(row => row.Note).OfType<RowProblem>().ExceptBy(bad.Select(problem => problem.Line), note => note.Line).ToList();
        database.AddRange(bad.Select(problem => new ImportRemark(held.Id, problem, kept: false)));
        database.AddRange(notes.Take(ProductImport.MostNoted - import.Noted).Select(note => new ImportRemark(held.Id, note, kept: true)));
        import.Advance(counts with { Bad = bad.Count, Noted = notes.Count }, batch[^1].Line, position, now);
        if (import.Bad > ProductImport.MostBad)
        {
            End(database, import, ImportState.Failed, $"More than {ProductImport.MostBad} rows are bad. Is this the right file?");
        }

        await database.SaveChangesAsync(stopping);
        held.Version = import.Version;
        return import.Open;
    });

    private async Task EndAsync(Held held, ImportState state, string? failure, CancellationToken stopping)
    {
        await InScope(async database =>
        {
            if (await database.Imports.FindAsync([held.Id], stopping) is { } import && import.Version == held.Version)
            {
                End(database, import, state, failure);
                await database.SaveChangesAsync(stopping);
            }

            return true;
        });
        folder.Remove(held.Id);
    }

    private void End(ProductsDbContext database, ProductImport import, ImportState state, string? failure)
    {
        import.End(state, failure, Clock.GetUtcNow());
        database.Audit("import.ended", $"import/{import.Id}", new { import.State, import.Created, import.Changed, import.Unchanged, import.Bad });
    }

    private async Task<T> InScope<T>(Func<ProductsDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ProductsDbContext>());
    }

    private sealed record Held(Guid Id)
    {
        public required int Version { get; set; }

        /// <summary>The last line that was done before.</summary>
        public required int From { get; init; }
    }

    private sealed record ReadRow(int Line, CheckedRow? Row, RowProblem? Problem);
}
