using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>An account is gone: its reviews lose their author, and its votes and what it bought are forgotten.</summary>
public sealed class UserDeletedConsumer(ProductsDbContext database) : IConsumer<UserDeleted>
{
    public Task Consume(ConsumeContext<UserDeleted> context) => database.InTransactionAsync(async () =>
    {
        var (user, cancel) = (context.Message.UserId, context.CancellationToken);
        await database.Reviews.Where(review => database.ReviewVotes.Any(vote => vote.ReviewId == review.Id && vote.UserId == user))
            .ExecuteUpdateAsync(set => set.SetProperty(review => review.Helpful, review => review.Helpful - 1), cancel);
        await database.ReviewVotes.Where(vote => vote.UserId == user).ExecuteDeleteAsync(cancel);
        await database.Reviews.Where(review => review.UserId == user).ExecuteUpdateAsync(
            set => set.SetProperty(review => review.Author, (string?)null).SetProperty(review => review.UserId, (Guid?)null)
                .SetProperty(review => review.Version, review => review.Version + 1), cancel);
        await database.Purchases.Where(purchase => purchase.UserId == user).ExecuteDeleteAsync(cancel);
    });
}
