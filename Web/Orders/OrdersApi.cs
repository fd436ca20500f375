using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>What the forms of an order do, and the stream of its changes.</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/orders/{id:guid}").RequireAuthorization();
        orders.MapForm("/pay", Pay);
        orders.MapForm("/cancel", Cancel);
        orders.MapForm("/give-back", GiveBack);
        orders.MapForm("/again", BuyAgain);
        orders.MapForm("/gifts/{giftId:guid}/mail", MailGift);
        orders.MapForm("/receipt/mail", MailReceipt);
        orders.MapGet("/events", Follow);
        orders.MapGet("/receipt.pdf", Receipt);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Pay(
        OrdersClient orders, Guid id, [FromForm] string? card, [FromForm] long? fromWallet, CancellationToken cancellation)
    {
        var answer = await orders.PayAsync(id, PaymentChoice.Read(card, fromWallet), cancellation);
        return answer.IsMissing ? TypedResults.NotFound() : TypedResults.Redirect($"/orders/{id}?told={Word()}");

        string Word() => answer.Outcome switch
        {
            FetchOutcome.Ok => "paying",
            FetchOutcome.Down => "later",
            // A second click, or another tab: what it asked for is under way.
            _ when answer.Problem?.Code == "paymentUnderWay" => "paying",
            _ when answer.Problem?.Code == "notPayable" => "notPayable",
            _ => "payment",
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Cancel(OrdersClient orders, Guid id, CancellationToken cancellation)
    {
        var answer = await orders.CancelAsync(id, cancellation);
        return answer.IsMissing ? TypedResults.NotFound() : TypedResults.Redirect($"/orders/{id}?told={Word()}");

        string Word() => answer.Outcome switch
        {
            FetchOutcome.Ok => "cancelled",
            FetchOutcome.Down => "later",
            _ when answer.Problem?.Code == "giftCardRedeemed" => "redeemed",
            _ when answer.Problem?.Code == "giftRedeemed" => "giftRedeemed",
            _ => "late",
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> GiveBack(
        OrdersClient orders, HttpRequest request, Guid id, CancellationToken cancellation)
    {
        if (ReturnsApi.Quantities(await request.ReadFormAsync(cancellation)) is not { Count: > 0 } lines)
        {
            return TypedResults.Redirect($"/orders/{id}/refund?told=nothing");
        }

        // What was agreed to, and no more: Orders refuses with a reason what is left no longer.
        var answer = await orders.RefundAsync(id, [.. lines.Select(line => new RefundLine(line.Sku, line.Quantity))], cancellation);
        if (answer.IsMissing)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.Redirect(answer.Outcome switch
        {
            FetchOutcome.Ok => $"/orders/{id}?told=givenBack",
            FetchOutcome.Down => $"/orders/{id}/refund?told=later",
            _ => $"/orders/{id}/refund?told={(RefundBlock.All.Contains(answer.Problem?.Code ?? "") ? answer.Problem!.Code : "refused")}",
        });
    }

    // An order that failed is put back into the cart, at the prices of now.
    private static async Task<Results<RedirectHttpResult, NotFound>> BuyAgain(
        OrdersClient orders, CartClient cart, Guid id, CancellationToken cancellation)
    {
        var order = await orders.GetAsync(id, cancellation);
        if (order.IsMissing)
        {
            return TypedResults.NotFound();
        }

        foreach (var line in order.Value?.Lines ?? [])
        {
            var answer = await cart.SetAsync(line.Sku, line.Quantity, cancellation);
            if (answer.IsDown)
            {
                return TypedResults.Redirect("/cart?told=later");
            }
        }

        return TypedResults.Redirect(order.IsOk ? "/cart?told=again" : $"/orders/{id}?told=later");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> MailGift(
        GiftsClient gifts, Guid id, Guid giftId, [FromForm] string? email, CancellationToken cancellation)
    {
        var answer = await gifts.MailAsync(giftId, string.IsNullOrWhiteSpace(email) ? null : email.Trim(), cancellation);
        return answer.IsMissing ? TypedResults.NotFound() : TypedResults.Redirect($"/orders/{id}?told={Word()}");

        string Word() => answer.Outcome switch
        {
            FetchOutcome.Ok => "giftMailed",
            FetchOutcome.Down => "later",
            _ => answer.Problem?.Code is { Length: > 0 } code && code.StartsWith("mailed", StringComparison.Ordinal) ? code
                : answer.Problem?.ErrorOf("email") is not null ? "giftAddress" : "giftGone",
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> MailReceipt(OrdersClient orders, Guid id, CancellationToken cancellation)
    {
        var answer = await orders.MailReceiptAsync(id, cancellation);
        return answer.IsMissing ? TypedResults.NotFound() : TypedResults.Redirect($"/orders/{id}?told={ReceiptMail.Of(answer)}");
    }

    // A browser that saves a file carries no token either.
    private static async Task<Results<FileContentHttpResult, NotFound, StatusCodeHttpResult>> Receipt(
        OrdersClient orders, Guid id, CancellationToken cancellation)
    {
        var file = await orders.GetReceiptFileAsync(id, cancellation);
        return file.Outcome switch
        {
            FetchOutcome.Ok => TypedResults.File(file.Value!, "application/pdf", $"receipt-{id}.pdf"),
            FetchOutcome.Down => TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable),
            _ => TypedResults.NotFound(),
        };
    }

    // The browser's EventSource cannot carry a token, so Web passes the stream on, each event as it comes.
    private static async Task Follow(OrdersClient orders, HttpContext context, Guid id, CancellationToken cancellation)
    {
        try
        {
            using var answer = await orders.FollowAsync(id, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                context.Response.StatusCode = (int)answer.StatusCode is >= 500 ? StatusCodes.Status503ServiceUnavailable : (int)answer.StatusCode;
                return;
            }

            context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await using var events = await answer.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[4096];
            while (await events.ReadAsync(buffer, cancellation) is var read and > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellation);
                await context.Response.Body.FlushAsync(cancellation);
            }
        }
        catch (Exception exception) when (ServiceCalls.IsOutage(exception, cancellation))
        {
            // EventSource asks again by itself.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }
        catch (OperationCanceledException)
        {
            // The shopper has gone to another page.
        }
    }
}
