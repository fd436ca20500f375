using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>Reviews, as the Products service answers; a page has two.</summary>
public sealed class StubReviews(StubUsers users)
{
    /// <summary>What was written, newest first.</summary>
    public List<StubReview> All { get; } = [];

    /// <summary>Who bought what.</summary>
    public HashSet<(Guid UserId, Guid ProductId)> Owners { get; } = [];

    /// <summary>Writes a review of somebody that no test signs in as.</summary>
    public StubReview Add(StubProduct product, int stars, string? title, string? text = null, bool spoiler = false)
    {
        var review = new StubReview(Guid.CreateVersion7(), product.Id, Guid.NewGuid()) { Stars = stars, Title = title, Text = text, Spoiler = spoiler, Author = "Noor" };
        All.Insert(0, review);
        return review;
    }

    internal void Map(WebApplication app)
    {
        app.MapGet("/api/products/{id:guid}/reviews", List);
        var own = app.MapGroup("/api/products/{id:guid}/reviews").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext) is null ? Results.Unauthorized() : await next(context));
        own.MapGet("/mine", (HttpContext context, Guid id) => new
        {
            owns = Owners.Contains((Caller(context), id)),
            review = All.Find(one => one.ProductId == id && one.UserId == Caller(context))?.ToView(),
            helpful = All.Where(one => one.Voters.Contains(Caller(context))).Select(one => one.Id),
        });
        own.MapPut("/mine", Write);
        own.MapDelete("/mine", (HttpContext context, Guid id) => All.RemoveAll(one => one.ProductId == id && one.UserId == Caller(context)) > 0 ? Results.NoContent() : Results.NoContent());
        own.MapPost("/{reviewId:guid}/helpful", (HttpContext context, Guid reviewId) => Vote(reviewId, one => one.Voters.Add(Caller(context))));
        own.MapDelete("/{reviewId:guid}/helpful", (HttpContext context, Guid reviewId) => Vote(reviewId, one => one.Voters.Remove(Caller(context))));

        var office = app.MapGroup("/api/admin/reviews").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles.Contains("staff") is true ? await next(context) : Results.Forbid());
        office.MapGet("", (string? state) => new
        {
            items = All.Where(one => state is null || (one.HiddenReason is not null) == (state == "hidden")).Select(one => one.ToView()),
            nextCursor = (string?)null,
        });
        office.MapPost("/{id:guid}/hide", (Guid id, JsonElement body) => body.GetProperty("reason").GetString() is not { Length: > 0 } reason
            ? Results.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = ["This is needed."] })
            : Vote(id, one => one.HiddenReason = reason));
        office.MapPost("/{id:guid}/show", (Guid id) => Vote(id, one => one.HiddenReason = null));
    }

    private Guid Caller(HttpContext context) => users.Caller(context)!.Id;

    private IResult Vote(Guid id, Action<StubReview> change)
    {
        if (All.Find(one => one.Id == id) is not { } review)
        {
            return Results.NotFound();
        }

        change(review);
        return Results.NoContent();
    }

    private IResult Write(HttpContext context, Guid id, JsonElement body)
    {
        if (body.GetProperty("title").GetString() is "refused")
        {
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["title"] = ["A title is plain text of one line."] });
        }

        var review = All.Find(one => one.ProductId == id && one.UserId == Caller(context));
        if (review is null)
        {
            All.Insert(0, review = new(Guid.CreateVersion7(), id, Caller(context)) { Author = users.Caller(context)!.Name });
        }

        (review.Stars, review.Title, review.Text, review.Spoiler) = (
            body.GetProperty("stars").GetInt32(), body.GetProperty("title").GetString(), body.GetProperty("text").GetString(), body.GetProperty("spoiler").GetBoolean());
        return Results.Ok(review.ToView());
    }

    private IResult List(Guid id, int? stars, string? cursor)
    {
        var visible = All.Where(one => one.ProductId == id && one.HiddenReason is null).ToList();
        if (!int.TryParse(cursor ?? "0", CultureInfo.InvariantCulture, out var start))
        {
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["cursor"] = ["Take the cursor from the page before."] });
        }

        var fitting = visible.Where(one => stars is null || one.Stars == stars).ToList();
        return Results.Ok(new
        {
            items = fitting.Skip(start).Take(2).Select(one => one.ToView()),
            nextCursor = fitting.Count > start + 2 ? $"{start + 2}" : null,
            average = visible.Count == 0 ? (double?)null : visible.Average(one => one.Stars),
            count = visible.Count,
            histogram = Enumerable.Range(1, 5).ToDictionary(number => $"{number}", number => visible.Count(one => one.Stars == number)),
        });
    }
}

/// <summary>A review.</summary>
public sealed record StubReview(Guid Id, Guid ProductId, Guid UserId)
{
    public int Stars { get; set; }
    public string? Title { get; set; }
    public string? Text { get; set; }
    public bool Spoiler { get; set; }
    public string? Author { get; set; }
    public string? HiddenReason { get; set; }
    public HashSet<Guid> Voters { get; } = [];

    /// <summary>The review with all that any of the answers has.</summary>
    public object ToView() => new
    {
        id = Id,
        stars = Stars,
        title = Title,
        text = Text,
        spoiler = Spoiler,
        author = Author,
        writtenAt = DateTimeOffset.UnixEpoch,
        changedAt = (DateTimeOffset?)null,
        helpful = Voters.Count,
        hidden = HiddenReason is not null,
        hiddenAt = HiddenReason is null ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch,
        hiddenReason = HiddenReason,
        productSlug = StubCatalogue.All.First(product => product.Id == ProductId).Slug,
        productName = StubCatalogue.All.First(product => product.Id == ProductId).Name,
    };
}
