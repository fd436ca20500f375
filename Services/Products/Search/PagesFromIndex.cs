namespace PlayStationStore.Products;

/// <summary>
/// Answers the page of a product out of the index, which has it ready. Where the index may lack something that was changed a moment ago, and for
/// what is no longer sold, the endpoint behind it reads the database.
/// </summary>
internal sealed class PagesFromIndex(IndexFollower follower, CatalogueSearch search) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        follower.IsSettled && await search.PageAsync(context.GetArgument<string>(0), context.HttpContext.RequestAborted) is { } json
            ? new PageFromIndex(json)
            : await next(context);
}

/// <summary>A product as the API answers it.</summary>
/// <param name="Json">The body.</param>
internal sealed record PageFromIndex(byte[] Json) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return httpContext.Response.Body.WriteAsync(Json, httpContext.RequestAborted).AsTask();
    }
}
