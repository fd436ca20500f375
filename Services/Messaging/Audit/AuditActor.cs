using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Messaging;

/// <summary>On whose behalf something was done.</summary>
public enum AuditActorKind
{
    /// <summary>The store itself: a message from another service, a payment provider's answer, a time that has come.</summary>
    Store,

    /// <summary>Somebody for themselves.</summary>
    Shopper,

    /// <summary>Staff or an administrator, at an address that is theirs.</summary>
    Staff,
}

/// <summary>Who did something.</summary>
/// <param name="Id">The account; null for the store itself.</param>
public readonly record struct AuditActor(AuditActorKind Kind, Guid? Id)
{
    // As the policies of the store's endpoints are called; this project does not know the one that names them.
    private static readonly string[] StaffPolicies = ["staff", "administrator"];

    /// <summary>The store itself.</summary>
    public static readonly AuditActor Store = new(AuditActorKind.Store, null);

    /// <summary>Who calls. A member of the staff who shops is a shopper: the address decides, not the roles.</summary>
    /// <param name="http">The request that is being answered, or null where none is.</param>
    internal static AuditActor Of(HttpContext? http)
    {
        if (!Guid.TryParse(http?.User.FindFirstValue("sub"), out var id))
        {
            return Store;
        }

        var rules = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [];
        return new(rules.Any(rule => StaffPolicies.Contains(rule.Policy)) ? AuditActorKind.Staff : AuditActorKind.Shopper, id);
    }
}
