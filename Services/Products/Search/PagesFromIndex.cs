using System.Text.Json;
using System.Text.Json.Nodes;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// Answers the page of a product out of the index, which has it ready. Where the index may lack something that was changed a moment ago, and for
/// what is no longer sold, the endpoint behind it reads the database.
/// </summary>
internal sealed class PagesFromIndex(IndexFollower follower, CatalogueSearch search) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        follower.IsSettled && await search.PageAsync(
            context.GetArgument<string>(0), context.GetArgument<Region?>(1) ?? Region.Default, context.GetArgument<Language?>(2) ?? Language.Default,
            context.HttpContext.RequestAborted) is { } page
            ? page
            : await next(context);
}

/// <summary>A product as the API answers it.</summary>
/// <param name="Json">The body.</param>
/// <param name="Version">The product's version.</param>
internal sealed record PageFromIndex(byte[] Json, int Version) : IResult
{
    /// <summary>The same with texts of a language put in place of the English ones, as <see cref="ProductViews.ForShoppers"/> does it.</summary>
    /// <param name="language">One other than the default.</param>
    /// <param name="name">Null where it has none in the language.</param>
    /// <param name="description">Null where it has none in the language.</param>
    /// <param name="json">How the API writes.</param>
    public PageFromIndex In(Language language, string? name, string? description, JsonSerializerOptions json)
    {
        if (name is null && description is null)
        {
            return this;
        }

        var page = JsonNode.Parse(Json)!.AsObject();
        Put("name", name);
        Put("description", description);
        return this with { Json = JsonSerializer.SerializeToUtf8Bytes(page, json) };

        void Put(string field, string? text)
        {
            if (text is not null)
            {
                (page[field], page[$"{field}Language"]) = (text, language.Code);
            }
        }
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return httpContext.Response.Body.WriteAsync(Json, httpContext.RequestAborted).AsTask();
    }
}
