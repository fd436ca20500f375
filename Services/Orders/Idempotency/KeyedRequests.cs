using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Routes whose requests carry an <c>Idempotency-Key</c>.</summary>
internal static class KeyedRequests
{
    private const string Header = "Idempotency-Key";

    /// <summary>
    /// Asks for a key, and lets one request with it be answered at a time: a copy that comes meanwhile does no work, and is told to ask again.
    /// </summary>
    public static RouteHandlerBuilder OneAtATimeForEachKey(this RouteHandlerBuilder route) =>
        route.ProducesProblem(StatusCodes.Status409Conflict).AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var key = http.Request.Headers[Header].ToString();
            if (!IsKey(key))
            {
                return StoreProblems.Invalid(Header, "Send a header of 1 to 100 printable characters, one for each order that the shopper means to place.");
            }

            using var begun = await http.RequestServices.GetRequiredService<RequestsUnderWay>().TryBeginAsync(http.User.UserId(), key);
            if (begun is null)
            {
                http.Response.Headers.RetryAfter = "1";
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "requestUnderWay", "This order is being placed at this moment; ask again with the same key to learn what became of it.");
            }

            return await next(context);
        });

    private static bool IsKey(string key) => key.Length is > 0 and <= 100 && !key.Any(letter => letter is < '!' or > '~');
}
