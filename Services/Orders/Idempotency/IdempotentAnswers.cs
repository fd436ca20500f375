using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>What was answered before to requests that place an order, by their <c>Idempotency-Key</c>.</summary>
internal static class IdempotentAnswers
{
    /// <summary>Whether a header is a key: 1 to 100 printable characters.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= 100 && !key.Any(letter => letter is < '!' or > '~');

    /// <summary>Finds the answer to a request; one that is no longer kept is removed, so that its key is new again.</summary>
    /// <param name="database">The service's context.</param>
    /// <param name="userId">Who sends it.</param>
    /// <param name="key">The key that came with it.</param>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">What the key was sent with before where it was not this, in words.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>The order as it was accepted; a 422 where the key came with another request; null where the key is new.</returns>
    public static async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>?> FindAnswerAsync<TRequest>(
        this OrdersDbContext database, Guid userId, string key, TRequest request, string otherwise, DateTimeOffset now, CancellationToken cancel)
    {
        var before = now - IdempotentRequest.Kept;
        var given = await database.IdempotentRequests.AsNoTracking().SingleOrDefaultAsync(given => given.UserId == userId && given.Key == key, cancel);
        if (given?.CreatedAt < before)
        {
            await database.IdempotentRequests.Where(old => old.UserId == userId && old.Key == key && old.CreatedAt < before).ExecuteDeleteAsync(cancel);
            return null;
        }

        if (given is null)
        {
            return null;
        }

        return given.IsFor(request)
            ? Accept(given.Read<OrderDocument>())
            : StoreProblems.Problem(
                StatusCodes.Status422UnprocessableEntity, "idempotencyKeyReused", $"This Idempotency-Key was sent before with {otherwise}.");
    }

    /// <summary>The answer to an order that was accepted.</summary>
    public static Accepted<OrderDocument> Accept(OrderDocument order) => TypedResults.Accepted($"/api/orders/{order.Id}", order);
}
