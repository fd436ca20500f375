using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.ServiceDefaults;

/// <summary>Query parameters that an endpoint does not have.</summary>
public static class KnownQuery
{
    /// <summary>
    /// Refuses (400) a query parameter that the OpenAPI document does not name: <c>?plattform=PS5</c> would otherwise list everything. Endpoints
    /// that have no query parameters, or are not in the document, pass over all: nothing can have been meant.
    /// </summary>
    /// <param name="app">The service, after authorization.</param>
    public static void UseKnownQuery(this WebApplication app)
    {
        var known = new Lazy<FrozenDictionary<MethodInfo, FrozenSet<string>>>(() => app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()
            .ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .GroupBy(endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().First())
            .ToFrozenDictionary(handler => handler.Key, handler => handler.SelectMany(endpoint => endpoint.ParameterDescriptions)
                .Where(parameter => parameter.Source == BindingSource.Query).Select(parameter => parameter.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase)));
        app.Use((context, next) =>
        {
            if (context.Request.QueryString.HasValue && context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is { } handler
                && known.Value.TryGetValue(handler, out var names) && names.Count > 0 && Unknown(context.Request.QueryString.Value, names) is { } name)
            {
                return StoreProblems.Invalid(name, $"There is no such query parameter; those here are {string.Join(", ", names.Order(StringComparer.Ordinal))}.")
                    .ExecuteAsync(context);
            }

            return next(context);
        });
    }

    private static string? Unknown(string query, FrozenSet<string> names)
    {
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var parameter in new QueryStringEnumerable(query))
        {
            var name = parameter.DecodeName();
            if (!lookup.Contains(name.Span))
            {
                return name.ToString();
            }
        }

        return null;
    }
}
