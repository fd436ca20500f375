using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PlayStationStore.ServiceDefaults;

/// <summary>What the schemas of an OpenAPI document do not learn from the types by themselves.</summary>
internal static class OpenApiSchemas
{
    /// <summary>Completes the schema of a type, or of a member of one.</summary>
    public static Task Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo;
        // The converter that checks text hides from the document that it is text.
        if (type.Type == typeof(string) || schema.Enum is { Count: > 0 })
        {
            schema.Type ??= JsonSchemaType.String | (context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : 0);
        }
        else if (type.ElementType == typeof(string))
        {
            schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
        }

        // Answers gain members as the store grows; which requests may have no others stands in the document's text.
        schema.AdditionalPropertiesAllowed = true;

        // A record's annotations stand on the parameters of its constructor, where validation looks for them; schemas look at properties only.
        foreach (var annotation in context.JsonPropertyInfo?.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
        {
            Bound(schema, annotation);
        }

        // An annotation's expression means the whole text; a schema's finds a part of it.
        if (schema.Pattern is { } pattern && !(pattern.StartsWith('^') && pattern.EndsWith('$')))
        {
            schema.Pattern = $"^(?:{pattern})$";
        }

        return Task.CompletedTask;
    }

    private static void Bound(OpenApiSchema schema, object annotation)
    {
        switch (annotation)
        {
            case RequiredAttribute:
                schema.Type &= ~JsonSchemaType.Null;
                schema.OneOf = schema.OneOf?.Where(choice => choice.Type != JsonSchemaType.Null).ToList();
                schema.MinLength = schema.Type == JsonSchemaType.String && schema.Enum is null && schema.Format is null ? Math.Max(1, schema.MinLength ?? 0) : schema.MinLength;
                break;
            case RangeAttribute range:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case StringLengthAttribute length:
                schema.MinLength = Math.Max(length.MinimumLength, schema.MinLength ?? 0);
                schema.MaxLength = length.MaximumLength;
                break;
            case MinLengthAttribute least:
                schema.MinItems = least.Length;
                break;
            case MaxLengthAttribute most:
                schema.MaxItems = most.Length;
                break;
            case RegularExpressionAttribute expression:
                schema.Pattern = expression.Pattern;
                break;
        }
    }
}
