using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace PlayStationStore.Load;

/// <summary>The floor of every read: a server that knows the bytes of each answer beforehand.</summary>
public static class BareKestrel
{
    public static async Task<int> Serve(LoadOptions options)
    {
        var bodies = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(await File.ReadAllBytesAsync(options.Bodies!))!;
        var any = bodies.Values.First();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{options.Port}");
        await using var app = builder.Build();
        app.Run(context =>
        {
            // An address that the store was never asked for before gets an answer of typical size.
            var body = bodies.GetValueOrDefault(context.Request.Path + context.Request.QueryString.ToString(), any);
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await app.RunAsync();
        return 0;
    }
}
