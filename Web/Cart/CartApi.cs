using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>What the forms of the cart do.</summary>
internal static class CartApi
{
    private const int Most = 99;

    public static void MapCart(this IEndpointRouteBuilder app)
    {
        app.MapForm("/cart/items", Add);
        app.MapForm("/cart/items/{sku}", Change);
        app.MapForm("/cart/items/{sku}/remove", Remove);
    }

    // Puts more of a variant into the cart, from a product's page or a list.
    private static async Task<RedirectHttpResult> Add(
        CartClient cart, ProductsClient products, OwnedGoods library,
        [FromForm] string? sku, [FromForm] int? quantity, [FromForm] string? then, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(sku))
        {
            return Told("nothing");
        }

        var now = await cart.GetAsync(cancellation);
        if (now.IsDown)
        {
            return Told("later");
        }

        if ((await library.GetAsync(cancellation)).Skus.Contains(sku))
        {
            return Told("owned");
        }

        var has = now.Value?.Items.FirstOrDefault(item => item.Sku == sku)?.Quantity ?? 0;
        var wanted = Math.Clamp(has + Math.Max(quantity ?? 1, 1), 1, Most);
        var once = wanted > 1 && await IsOwnedOnceAsync(products, sku, cancellation);
        var answer = await cart.SetAsync(sku, once ? 1 : wanted, cancellation);
        return answer.IsOk && then == "checkout" ? TypedResults.Redirect("/checkout") : Told(Word(answer, once && has > 0 ? "already" : "added"));
    }

    // Where the catalogue does not answer, the cart takes the number, and its page shows one as soon as the catalogue is back.
    private static async Task<bool> IsOwnedOnceAsync(ProductsClient products, string sku, CancellationToken cancellation) =>
        (await products.VariantsAsync([sku], cancellation)).Value?.Items is [{ Digital: true } variant] && CatalogWords.IsOwnedOnce(variant.Kind);

    private static async Task<RedirectHttpResult> Change(CartClient cart, string sku, [FromForm] int? quantity, CancellationToken cancellation) =>
        quantity switch
        {
            0 => await Remove(cart, sku, cancellation),
            >= 1 and <= Most => Told(Word(await cart.SetAsync(sku, quantity.Value, cancellation), "changed")),
            _ => Told("quantity"),
        };

    private static async Task<RedirectHttpResult> Remove(CartClient cart, string sku, CancellationToken cancellation) =>
        Told(Word(await cart.RemoveAsync(sku, cancellation), "removed"));

    private static string Word(Fetched<CartView> answer, string done) => answer.Outcome switch
    {
        FetchOutcome.Ok => done,
        FetchOutcome.Missing => "removed",
        FetchOutcome.Down => "later",
        _ => "refused",
    };

    private static RedirectHttpResult Told(string word) => TypedResults.Redirect("/cart?told=" + word);
}
