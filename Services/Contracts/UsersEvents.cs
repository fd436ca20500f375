namespace PlayStationStore.Contracts;

/// <summary>A shopper has made an account.</summary>
public sealed record UserRegistered(Guid UserId, string DisplayName, DateTimeOffset RegisteredAt);

/// <summary>A shopper has deleted their account; what other services keep of them must lose its name.</summary>
public sealed record UserDeleted(Guid UserId, DateTimeOffset DeletedAt);
