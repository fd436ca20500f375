using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class ReturnsApi
{
    public static void MapReturnsApi(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/orders/{id:guid}/returns").WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn).LimitBody();
        own.MapGet("", Offer).WithSummary("Read the returns of an order, and what of it can be sent back");
        own.MapPost("", Ask).WithSummary("Ask for a return of what was sent")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPost("{returnId:guid}/withdraw", Withdraw).WithSummary("Keep it after all").ProducesProblem(StatusCodes.Status409Conflict);

        var staff = app.MapGroup("/api/admin/returns").WithTag("Returns: staff", "What shoppers send back.").RequireAuthorization(Policies.Staff).LimitBody();
        staff.MapGet("", List).WithSummary("List returns, newest first");
        staff.MapGet("{id:guid}", Get).WithSummary("Read a return");
        staff.MapPost("{id:guid}/receive", Receive).WithSummary("Say that all or a part of it has arrived; its money goes back")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
        staff.MapPost("{id:guid}/refuse", Refuse).WithSummary("Take back no more of it, with a reason").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ReturnOffer>, NotFound>> Offer(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        var order = await database.Orders.AsNoTracking().Where(order => order.Id == id && order.UserId == owner).WholeAsync(cancel);
        if (order is null)
        {
            return TypedResults.NotFound();
        }

        var now = clock.GetUtcNow();
        var returns = await database.Returns.AsNoTracking().Where(back => back.OrderId == id).OrderBy(back => back.CreatedAt).ThenBy(back => back.Id)
            .Include(back => back.Lines.OrderBy(line => line.Position)).ToListAsync(cancel);
        return TypedResults.Ok(new ReturnOffer(
            ReturnRules.Until(order),
            [.. order.Lines.Where(line => !line.Digital).Select(line => new ReturnableLine(line.Sku, line.Name, ReturnRules.Left(order, line, returns, now)))],
            [.. returns.Select(ReturnDocument.Of)]));
    }

    private static async Task<Results<Created<ReturnDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Ask(
        Guid id, AskReturn request, ClaimsPrincipal user, OrdersDbContext database, Returns returns, CancellationToken cancel)
    {
        if (Oddity(request.Lines.Select(line => line?.Sku)) is { } odd)
        {
            return odd;
        }

        var owner = user.UserId();
        var (back, refusal) = await returns.AskAsync(database.Orders.Where(order => order.Id == id && order.UserId == owner), request, cancel);
        return refusal is not null ? refusal
            : back is null ? TypedResults.NotFound()
            : TypedResults.Created($"/api/orders/{id}/returns", ReturnDocument.Of(back));
    }

    private static Task<Results<Ok<ReturnDocument>, NotFound, ProblemHttpResult>> Withdraw(
        Guid id, Guid returnId, ClaimsPrincipal user, OrdersDbContext database, Returns returns, CancellationToken cancel)
    {
        var owner = user.UserId();
        return returns.WithdrawAsync(database.Returns.Where(back => back.Id == returnId && back.OrderId == id && back.UserId == owner), cancel);
    }

    private static async Task<Results<Ok<Page<ReturnDocument>>, ValidationProblem>> List(
        OrdersDbContext database, CancellationToken cancel,
        [StringLength(20), RegularExpression("[A-Za-z]*", ErrorMessage = "There is no such status.")] string? status = null,
        string? cursor = null, [Range(1, 100)] int pageSize = 20)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var returns = database.Returns.AsNoTracking();
        if (!string.IsNullOrEmpty(status))
        {
            if (!Enum.TryParse<ReturnStatus>(status, ignoreCase: true, out var wanted))
            {
                return StoreProblems.Invalid("status", "There is no such status.");
            }

            returns = returns.Where(back => back.Status == wanted);
        }

        if (after is not null)
        {
            returns = returns.Where(back => back.CreatedAt <= after.At && (back.CreatedAt < after.At || back.Id.CompareTo(after.Id) < 0));
        }

        var page = await returns.OrderByDescending(back => back.CreatedAt).ThenByDescending(back => back.Id).Take(pageSize + 1)
            .Include(back => back.Lines.OrderBy(line => line.Position)).AsSplitQuery().ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new TimePosition(last.CreatedAt, last.Id), ReturnDocument.Of));
    }

    private static async Task<Results<Ok<ReturnDocument>, NotFound>> Get(Guid id, OrdersDbContext database, CancellationToken cancel) =>
        await database.Returns.AsNoTracking().Include(back => back.Lines.OrderBy(line => line.Position)).SingleOrDefaultAsync(back => back.Id == id, cancel) is { } back
            ? TypedResults.Ok(ReturnDocument.Of(back))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ReturnDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Receive(
        Guid id, ReceiveReturn request, ClaimsPrincipal user, Returns returns, CancellationToken cancel)
    {
        if (Oddity((request.Lines ?? []).Select(line => line?.Sku)) is { } odd)
        {
            return odd;
        }

        return (await returns.ReceiveAsync(id, request, user.UserId(), cancel)).Result switch
        {
            Ok<ReturnDocument> back => back,
            ProblemHttpResult problem => problem,
            _ => TypedResults.NotFound(),
        };
    }

    private static Task<Results<Ok<ReturnDocument>, NotFound, ProblemHttpResult>> Refuse(
        Guid id, RefuseReturn request, Returns returns, CancellationToken cancel) => returns.RefuseAsync(id, request.Reason, cancel);

    private static ValidationProblem? Oddity(IEnumerable<string?> skus)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return skus.Index().Where(line => line.Item is null || !seen.Add(line.Item))
            .Select(line => StoreProblems.Invalid($"lines[{line.Index}].sku", "Name each line once.")).FirstOrDefault();
    }
}

/// <summary>The returns of an order, and what of it can be sent back.</summary>
/// <param name="Until">When a return can no longer be asked for; null while the order is not delivered.</param>
public sealed record ReturnOffer(DateTimeOffset? Until, IReadOnlyList<ReturnableLine> Lines, IReadOnlyList<ReturnDocument> Returns);

/// <summary>A line that was sent.</summary>
/// <param name="Quantity">Pieces for which a return can be asked for now.</param>
public sealed record ReturnableLine(string Sku, string? Name, int Quantity);

/// <summary>What a shopper sends back.</summary>
/// <param name="Number">To be written on the parcel.</param>
/// <param name="Note">What the shopper wrote.</param>
/// <param name="Answer">What staff wrote to the shopper last.</param>
/// <param name="Withdrawable">Whether the shopper may still keep it.</param>
public sealed record ReturnDocument(
    Guid Id, string Number, Guid OrderId, string OrderNumber, Guid UserId, ReturnStatus Status, ReturnReason Reason, string? Note, string? Answer,
    IReadOnlyList<ReturnLineDocument> Lines, bool Withdrawable, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static ReturnDocument Of(Return back) => new(
        back.Id, back.Number, back.OrderId, back.OrderNumber, back.UserId, back.Status, back.Reason, back.Note, back.Answer,
        [.. back.Lines.Select(line => new ReturnLineDocument(line.Sku, line.Name, line.Quantity, line.Received, line.Restocked))],
        back.Withdrawable, back.CreatedAt, back.UpdatedAt);
}

/// <summary>Pieces of a line that are sent back.</summary>
/// <param name="Received">How many have arrived.</param>
/// <param name="Restocked">How many of those can be sold again.</param>
public sealed record ReturnLineDocument(string Sku, string? Name, int Quantity, int Received, int Restocked);

/// <summary>A shopper asks for a return.</summary>
/// <param name="Note">For staff.</param>
/// <param name="ReturnsSeen">How many returns the order had when this was decided; where it has more by now, the answer is 409. So a repeated request
/// asks for no second one.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskReturn(
    [Required, MinLength(1), MaxLength(100)] IReadOnlyList<AskedReturn> Lines, [Required] ReturnReason? Reason, [StringLength(500)] string? Note = null,
    [Range(0, 10_000)] int? ReturnsSeen = null);

/// <summary>Pieces of a line that a shopper wants to send back.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskedReturn([Required, Sku] string Sku, [Range(1, 99)] int Quantity = 1);

/// <summary>What of a return has arrived.</summary>
/// <param name="Lines">Left out, all that is awaited, to be sold again.</param>
/// <param name="Note">For the shopper.</param>
/// <param name="ReceivedSeen">How many pieces had arrived when this was decided; where more have by now, the answer is 409. So a repeated request takes
/// nothing in twice.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReceiveReturn(
    [MinLength(1), MaxLength(100)] IReadOnlyList<ReceivedLine>? Lines = null, [StringLength(500)] string? Note = null,
    [Range(0, 1_000_000)] int? ReceivedSeen = null);

/// <summary>Pieces of a line that have arrived.</summary>
/// <param name="Restock">Whether they can be sold again.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReceivedLine([Required, Sku] string Sku, [Range(1, 99)] int Quantity, bool Restock = true);

/// <summary>Staff take back no more of a return.</summary>
/// <param name="Reason">For the shopper.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RefuseReturn([Required, StringLength(500, MinimumLength = 1)] string Reason);
