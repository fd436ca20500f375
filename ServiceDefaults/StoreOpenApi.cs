using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace PlayStationStore.ServiceDefaults;

/// <summary>
/// The OpenAPI document of a service, at <c>/openapi/{service}.json</c>. Endpoints say what is their own; who may call, what every answer of
/// its kind means and how a list is paged are written here for all of them, from what the endpoints carry.
/// </summary>
public static class StoreOpenApi
{
    private const string Bearer = "bearer";

    private const string Reading = """
        Money is `{ "amount": 5999, "currency": "USD" }`, with the amount in minor units; instants are UTC. A list is `{ items, nextCursor }`:
        send `nextCursor` as `cursor` for the next page.

        An error is a problem document (RFC 9457). `errors` names each field by its path in the body, or the parameter; `code`, where there is
        one, is a word for programs. Where money moves, a member of the body that does not exist is refused, so that a misspelt coupon is not
        taken for none; elsewhere members and query parameters that are not known are passed over. `502` to `504` mean that a part of the store
        is away for the moment.
        """;

    // What means the same wherever it comes from; the gateway's answers are among them.
    private static readonly Dictionary<string, string> CommonAnswers = new()
    {
        ["400"] = "The request makes no sense: `errors` names each field.",
        ["401"] = "There is no access token, or it is no longer good.",
        ["403"] = "The account may not do this.",
        ["404"] = "There is no such thing, or it is somebody else's.",
        ["409"] = "It does not fit what is there, or somebody else was faster: `detail` says which.",
        ["412"] = "The thing is not of the version that `If-Match` names any more.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is not of a media type that is taken here.",
        ["422"] = "The request is well formed, and what it names cannot be used: `errors` or `code` says what.",
        ["423"] = "The account takes no passwords for some minutes.",
        ["429"] = "Too many requests: come back after `Retry-After` seconds.",
        ["503"] = "What is needed for this is away for the moment: come back after `Retry-After` seconds.",
    };

    private static readonly Dictionary<string, string> CommonParameters = new()
    {
        ["cursor"] = "The `nextCursor` of the page before; the first page without.",
        ["pageSize"] = "How many items a page has at most.",
        ["v"] = "The version that the address names; the answer may be kept for good where it is still this one.",
        ["Idempotency-Key"] = "1 to 100 printable characters, new for each thing that is meant; the same request with the same key has one effect.",
    };

    /// <summary>
    /// Describes a service: <c>builder.Services.AddOpenApi("orders", StoreOpenApi.Describe)</c>. The call stands in the service, for the
    /// comments of its records reach the document from where it is.
    /// </summary>
    /// <param name="options">Options of a document that has the service's name, in lower case.</param>
    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath is { } path && !path.StartsWith("operator", StringComparison.Ordinal);
        options.AddSchemaTransformer(OpenApiSchemas.Complete);
        options.AddOperationTransformer(CompleteOperation);
        options.AddDocumentTransformer(CompleteDocument);
    }

    /// <summary>Names the part of the document that endpoints stand in, and says in a sentence what it is about.</summary>
    /// <typeparam name="T">An endpoint or a group of endpoints.</typeparam>
    /// <param name="endpoints">What stands there.</param>
    /// <param name="name">The part's name.</param>
    /// <param name="description">The sentence.</param>
    /// <returns>The same endpoints.</returns>
    public static T WithTag<T>(this T endpoints, string name, string description) where T : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new Tag(name, description));

    private static async Task CompleteOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var handler = metadata.OfType<System.Reflection.MethodInfo>().First();
        operation.OperationId ??= $"{handler.DeclaringType!.Name.Replace("Api", "", StringComparison.Ordinal)}_{handler.Name}";

        HashSet<string> answers = ["400", "429"];
        if (operation.RequestBody is not null)
        {
            answers.UnionWith(["413", "415"]);
        }

        var bearer = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] };
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement(), bearer];
            answers.Add("401");
        }
        else if (metadata.OfType<IAuthorizeData>().ToList() is { Count: > 0 } demands)
        {
            operation.Security = [bearer];
            answers.Add("401");
            var policies = context.ApplicationServices.GetRequiredService<IAuthorizationPolicyProvider>();
            var policy = await AuthorizationPolicy.CombineAsync(policies, demands);
            var roles = policy!.Requirements.OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles).ToList();
            if (roles.Count > 0)
            {
                answers.Add("403");
            }

            var callers = roles.Count > 0 ? $"For accounts with the role {string.Join(" or ", roles.Select(role => $"`{role}`"))}." : "For whoever is signed in.";
            operation.Description = operation.Description is null ? callers : $"{operation.Description}\n\n{callers}";
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= CommonParameters.GetValueOrDefault(parameter.Name!);
        }

        var own = operation.Responses!.ToDictionary();
        operation.Responses!.Clear();
        foreach (var status in own.Keys.Union(answers).Order(StringComparer.Ordinal))
        {
            operation.Responses.Add(status, CommonAnswers.ContainsKey(status) ? new OpenApiResponseReference(status, context.Document) : own[status]);
        }
    }

    private static async Task CompleteDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = $"PlayStation Store: {context.DocumentName}";
        document.Info.Version = "v1";
        document.Info.Description = Reading;
        // Clients reach every service through the gateway, at the address the document came from.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token of `/connect/token`; see `/.well-known/openid-configuration`.",
            },
        };
        document.Components.Responses = new Dictionary<string, IOpenApiResponse>();
        foreach (var problem in new[] { typeof(ProblemDetails), typeof(HttpValidationProblemDetails) })
        {
            var schema = await context.GetOrCreateSchemaAsync(problem, null, cancel);
            schema.Properties!["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A word for programs, where there is one." };
            document.AddComponent(problem.Name, schema);
        }

        foreach (var (status, description) in CommonAnswers)
        {
            var schema = new OpenApiSchemaReference(status is "400" or "422" ? nameof(HttpValidationProblemDetails) : nameof(ProblemDetails), document);
            document.Components.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = schema } },
            };
        }

        document.Tags = context.DescriptionGroups.SelectMany(group => group.Items).SelectMany(item => item.ActionDescriptor.EndpointMetadata)
            .OfType<Tag>().DistinctBy(tag => tag.Name).Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
    }

    private sealed class Tag(string name, string description) : ITagsMetadata
    {
        public string Name => name;

        public string Description => description;

        public IReadOnlyList<string> Tags { get; } = [name];
    }
}
