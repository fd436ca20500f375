using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>What the forms of the cart do.</summary>
internal static class CartApi
{
    private const int Most = 99;

    // Where it is bought for a friend, whoever owns it.
    private const string Gift = "gift";

    public static void MapCart(this IEndpointRouteBuilder app)
    {
        app.MapForm("/cart/items", Add);
        app.MapForm("/cart/quantities", Change);
        app.MapForm("/cart/items/{sku}/remove", Remove);
    }

    /// <summary>The name of the field that holds the quantity of a variant.</summary>
    /// <param name="sku">The variant.</param>
    public static string Quantity(string sku) => "quantity." + sku;

    /// <summary>The name of the field that holds the quantity that the page showed of a variant.</summary>
    /// <param name="sku">The variant.</param>
    public static string Shown(string sku) => "shown." + sku;

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

        if (then != Gift && (await library.GetAsync(cancellation)).Skus.Contains(sku))
        {
            return Told("owned");
        }

        var has = now.Value?.Items.FirstOrDefault(item => item.Sku == sku)?.Quantity ?? 0;
        var wanted = Math.Clamp(has + Math.Max(quantity ?? 1, 1), 1, Most);
        var once = wanted > 1 && await IsOwnedOnceAsync(products, sku, cancellation);
        var answer = await cart.SetAsync(sku, once ? 1 : wanted, cancellation);
        if (answer.IsOk && then == Gift)
        {
            return TypedResults.Redirect(OrdersClient.Query("/checkout", ("gift", sku), ("now", sku)));
        }

        return answer.IsOk && then == "checkout" ? TypedResults.Redirect(OrdersClient.Query("/checkout", ("now", sku))) : Told(Word(answer, once && has > 0 ? "already" : "added"));
    }

    // Where the catalogue does not answer, the cart takes the number, and its page shows one as soon as the catalogue is back.
    private static async Task<bool> IsOwnedOnceAsync(ProductsClient products, string sku, CancellationToken cancellation) =>
        (await products.VariantsAsync([sku], cancellation)).Value?.Items is [{ Digital: true } variant] && CatalogWords.IsOwnedOnce(variant.Kind);

    // Every line's quantity comes along. Only what differs from what the page showed is a change: another tab may have set the others since.
    private static async Task<RedirectHttpResult> Change(CartClient cart, IFormCollection form, CancellationToken cancellation)
    {
        var quantities = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sku in form.Keys.Where(name => name.StartsWith(Quantity(""), StringComparison.Ordinal)).Select(name => name[Quantity("").Length..]))
        {
            if (form[Quantity(sku)] == form[Shown(sku)])
            {
                continue;
            }

            if (!int.TryParse(form[Quantity(sku)], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity > Most)
            {
                return Told("quantity");
            }

            quantities[sku] = quantity;
        }

        var word = quantities.Count > 0 ? await SaveAsync(cart, quantities, cancellation) : "changed";
        return word == "changed" && form["then"] == "checkout" ? TypedResults.Redirect("/checkout") : Told(word);
    }

    private static async Task<string> SaveAsync(CartClient cart, Dictionary<string, int> quantities, CancellationToken cancellation)
    {
        var now = await cart.GetAsync(cancellation);
        if (now.IsDown)
        {
            return "later";
        }

        // What has left the cart in another tab stays out.
        foreach (var sku in (now.Value?.Items ?? []).Select(item => item.Sku).Where(quantities.ContainsKey))
        {
            var answer = quantities[sku] == 0 ? await cart.RemoveAsync(sku, cancellation) : await cart.SetAsync(sku, quantities[sku], cancellation);
            if (Word(answer, "changed") is var word and not ("changed" or "removed"))
            {
                return word;
            }
        }

        return "changed";
    }

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
