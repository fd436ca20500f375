using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>A product's pictures: drawn from its title, or the one that an administrator uploaded.</summary>
public static class ImagesApi
{
    private static readonly int[] Widths = [160, 320, 600];

    // A picture takes up to 200 MB while it is encoded: one at a time, however many are sent.
    private static readonly SemaphoreSlim Encoding = new(1);

    public static void MapImagesApi(this WebApplication app)
    {
        var images = app.MapGroup("/api/products/{id:guid}").WithTag("Images", "A product's pictures; `v` is the version that an address names.");
        images.MapGet("/image", Image).WithSummary("The picture").Produces<FileContentHttpResult>(StatusCodes.Status200OK, "image/webp", "image/svg+xml");
        images.MapGet("/hero", Hero).WithSummary("A wide picture without words").Produces<FileContentHttpResult>(StatusCodes.Status200OK, "image/svg+xml");
        images.MapGet("/title", Title).WithSummary("The title as lettering").Produces<FileContentHttpResult>(StatusCodes.Status200OK, "image/svg+xml");
        images.MapPut("/image", Upload).WithSummary("Upload a picture of up to 5 MB")
            .Accepts<IFormFile>("image/png", "image/jpeg", "image/webp").RequireAuthorization(Policies.Administrator);
        images.MapDelete("/image", DrawAgain).WithSummary("Go back to the picture that is drawn").RequireAuthorization(Policies.Administrator);
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ValidationProblem>> Image(
        Guid id, [Description("160, 320 or 600 pixels; without, the picture comes as it is.")] int? width, string? v, HttpContext http, PictureCache cache, ProductsDbContext db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (width is { } asked && !Widths.Contains(asked))
        {
            return StoreProblems.Invalid("width", "The width is 160, 320 or 600; without one, the picture comes as it is.");
        }

        var form = string.Create(CultureInfo.InvariantCulture, $"image-{width}");
        return await Find(id, form, v, cache, db.Products.Published(clock.GetUtcNow()), source => Draw(id, source, width, db, cancel), cancel) is { } picture
            ? Send(http, picture, form, v)
            : TypedResults.NotFound();
    }

    private static Task<Results<FileContentHttpResult, NotFound>> Hero(
        Guid id, string? v, HttpContext http, PictureCache cache, ProductsDbContext db, TimeProvider clock, CancellationToken cancel) =>
        Drawn(id, "hero", CoverArtist.DrawHero, v, http, cache, db.Products.Published(clock.GetUtcNow()), cancel);

    private static Task<Results<FileContentHttpResult, NotFound>> Title(
        Guid id, string? v, HttpContext http, PictureCache cache, ProductsDbContext db, TimeProvider clock, CancellationToken cancel) =>
        Drawn(id, "title", CoverArtist.DrawTitle, v, http, cache, db.Products.Published(clock.GetUtcNow()), cancel);

    private static async Task<Results<Ok<UploadedPicture>, NotFound, ValidationProblem, ProblemHttpResult>> Upload(
        Guid id, HttpRequest request, ProductsDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Read(request.Body, cancel) is not { } upload)
        {
            return StoreProblems.Problem(StatusCodes.Status413PayloadTooLarge, "tooLarge", "A picture has at most 5 MB.");
        }

        await Encoding.WaitAsync(cancel);
        byte[]? encoded;
        try
        {
            encoded = PictureCodec.Encode(upload);
        }
        finally
        {
            Encoding.Release();
        }

        if (encoded is not { } webp)
        {
            return StoreProblems.Invalid("image", "Send a PNG, JPEG or WebP picture of at most 24 million pixels.");
        }

        if (await db.Products.Include(product => product.Variants).SingleOrDefaultAsync(product => product.Id == id, cancel) is not { } product)
        {
            return TypedResults.NotFound();
        }

        var picture = await db.Set<Picture>().FindAsync([id], cancel);
        if (picture is null)
        {
            db.Add(picture = Picture.Of(id, webp));
        }
        else
        {
            picture.Replace(webp);
        }

        product.ShowPicture(picture.Hash, clock.GetUtcNow());
        db.Audit("picture.uploaded", $"product/{id}", new { picture.Hash });
        db.MarkChanged(id, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new UploadedPicture($"/api/products/{id}/image?v={product.PictureVersion}"));
    }

    private static async Task<Results<NoContent, NotFound>> DrawAgain(Guid id, ProductsDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Products.SingleOrDefaultAsync(product => product.Id == id, cancel) is not { } product)
        {
            return TypedResults.NotFound();
        }

        if (await db.Set<Picture>().FindAsync([id], cancel) is { } picture)
        {
            db.Remove(picture);
            product.ShowPicture(null, clock.GetUtcNow());
            db.Audit("picture.removed", $"product/{id}");
            db.MarkChanged(id, clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> Drawn(
        Guid id, string form, Func<CoverSubject, string> draw, string? v, HttpContext http, PictureCache cache, IQueryable<Product> products,
        CancellationToken cancel)
    {
        var picture = await Find(id, form, v, cache, products, source => Task.FromResult(source.Subject.IsHardware
            ? null
            : SentPicture.Svg(source.Version, draw(source.Subject))), cancel);
        return picture is null ? TypedResults.NotFound() : Send(http, picture, form, v);
    }

    private static async Task<SentPicture?> Draw(Guid id, Source source, int? width, ProductsDbContext db, CancellationToken cancel)
    {
        if (source.PictureHash is null)
        {
            var svg = CoverArtist.Draw(source.Subject);
            return width is { } pixels
                ? SentPicture.WebP(source.Version, CoverArtist.Rasterise(svg, pixels))
                : SentPicture.Svg(source.Version, svg);
        }

        var webp = await db.Set<Picture>().Where(picture => picture.ProductId == id && picture.Hash == source.PictureHash)
            .Select(picture => picture.Content).SingleOrDefaultAsync(cancel);
        return webp is null ? null : SentPicture.WebP(source.Version, width is { } narrower ? PictureCodec.Resize(webp, narrower) : webp);
    }

    // A version names its picture's content, so what is kept under the version that was asked for needs no look at the database.
    private static async Task<SentPicture?> Find(
        Guid id, string form, string? v, PictureCache cache, IQueryable<Product> products, Func<Source, Task<SentPicture?>> draw, CancellationToken cancel)
    {
        var kept = cache.Find(id, form);
        if (kept is not null && kept.Version == v)
        {
            return kept;
        }

        var source = await products.Where(product => product.Id == id)
            .Select(product => new Source(
                new CoverSubject(
                    product.Name,
                    product.Kind,
                    product.Genre,
                    product.Variants.OrderBy(variant => variant.Position).Select(variant => variant.Platform).FirstOrDefault(),
                    product.Publisher,
                    product.ReleaseDate == null ? null : product.ReleaseDate.Value.Year),
                product.PictureHash))
            .SingleOrDefaultAsync(cancel);
        if (source is null || kept?.Version == source.Version)
        {
            return source is null ? null : kept;
        }

        var picture = await draw(source);
        if (picture is not null)
        {
            cache.Keep(id, form, picture);
        }

        return picture;
    }

    private static FileContentHttpResult Send(HttpContext http, SentPicture picture, string form, string? v)
    {
        http.Response.Headers.CacheControl = picture.Version == v ? "public, max-age=31536000, immutable" : "public, no-cache";
        var tag = new EntityTagHeaderValue($"\"{picture.Version}-{form}\"", isWeak: true);
        if (!picture.Compressed)
        {
            return TypedResults.Bytes(picture.Content, picture.ContentType, entityTag: tag);
        }

        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "br" && coding.Quality is null or > 0))
        {
            return TypedResults.Bytes(picture.Unpacked(), picture.ContentType, entityTag: tag);
        }

        http.Response.Headers.ContentEncoding = "br";
        return TypedResults.Bytes(picture.Content, picture.ContentType, entityTag: tag);
    }

    private static async Task<byte[]?> Read(Stream body, CancellationToken cancel)
    {
        using var upload = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (upload.Length + count > PictureCodec.MostBytes)
            {
                return null;
            }

            upload.Write(buffer, 0, count);
        }

        return upload.ToArray();
    }

    private sealed record Source(CoverSubject Subject, string? PictureHash)
    {
        public string Version => PictureHash?[..8] ?? Subject.Version;
    }
}

/// <summary>Where an uploaded picture is shown.</summary>
/// <param name="ImageUrl">The new address of the product's picture.</param>
public sealed record UploadedPicture(string ImageUrl);
