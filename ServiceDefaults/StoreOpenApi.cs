using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace PlayStationStore.ServiceDefaults;

/// <summary>The OpenAPI document of a service, at <c>/openapi/{service}.json</c>.</summary>
public static class StoreOpenApi
{
    /// <summary>Adds the document.</summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="service">The service's name in lower case, such as <c>orders</c>.</param>
    public static void AddStoreOpenApi(this WebApplicationBuilder builder, string service) =>
        builder.Services.AddOpenApi(service, options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath is { } path && !path.StartsWith("operator", StringComparison.Ordinal);
            // The converter that checks text hides from the document that it is text.
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(string))
                {
                    schema.Type ??= JsonSchemaType.String | (context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : 0);
                }

                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = $"PlayStation Store: {service}";
                document.Info.Version = "v1";
                // Clients reach every service through the gateway, at the address the document came from.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
                };
                return Task.CompletedTask;
            });
        });
}
