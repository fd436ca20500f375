using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Orders.Tests;

/// <summary>
/// A server that answers as Stripe's API documents it, as far as the store asks: intents with their states, refunds, customers, payment methods and
/// sessions, and the first answer again for an idempotency key. What it did can be looked at, and its answers can be lost on the way.
/// </summary>
public sealed class StripeStub : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> answered = [];
    private readonly Dictionary<string, Intent> intents = [];
    private readonly List<Refund> refunds = [];
    private readonly Dictionary<string, Method> methods = [];
    private readonly Dictionary<string, string> customers = [];
    private readonly Dictionary<string, string> sessions = [];
    private int count;

    private StripeStub(WebApplication server) => this.server = server;

    /// <summary>Where it listens.</summary>
    public string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Ends of paths, such as <c>/capture</c>: what is asked there is done, and the first answer is lost.</summary>
    public HashSet<string> LostOnce { get; } = [];

    /// <summary>How the intents of an order are refused, by the order.</summary>
    public ConcurrentDictionary<Guid, (int Status, string Type, string Code)> CreateErrors { get; } = [];

    /// <summary>Orders whose intents somebody else confirms in the moment before they are to be.</summary>
    public ConcurrentDictionary<Guid, bool> ConfirmedBefore { get; } = [];

    /// <summary>How the refunds of an order are refused, by the order.</summary>
    public ConcurrentDictionary<Guid, (int Status, string Type, string Code)> RefundErrors { get; } = [];

    /// <summary>Orders whose refunds have failed as soon as they are made, and the word for that.</summary>
    public ConcurrentDictionary<Guid, string> FailAtOnce { get; } = [];

    /// <summary>The intents of an order.</summary>
    public IReadOnlyList<Intent> IntentsOf(Guid order)
    {
        lock (gate)
        {
            return [.. intents.Values.Where(intent => intent.Order == order.ToString())];
        }
    }

    /// <summary>The refunds that were made for an order, whatever became of them.</summary>
    public IReadOnlyList<string> RefundsOf(Guid order)
    {
        lock (gate)
        {
            return [.. refunds.Where(refund => intents[refund.Intent].Order == order.ToString()).Select(refund => refund.Id)];
        }
    }

    /// <summary>A bank sends back what went to it.</summary>
    public void Fail(string id)
    {
        lock (gate)
        {
            refunds.Single(refund => refund.Id == id).Status = "failed";
        }
    }

    /// <summary>What went back for an order, in minor units.</summary>
    public long RefundedOf(Guid order)
    {
        lock (gate)
        {
            return refunds.Where(refund => intents[refund.Intent].Order == order.ToString() && !refund.Failed).Sum(refund => refund.Amount);
        }
    }

    /// <summary>The shopper of a customer goes through the session that was made for them, and shows a card.</summary>
    public string ShowCard()
    {
        lock (gate)
        {
            var (session, customer) = sessions.Last();
            methods[$"pm_of_{session}"] = new($"pm_of_{session}", $"pm_of_{session}") { Customer = customer };
            return session;
        }
    }

    /// <summary>A shopper types a card into a page of Stripe's, which makes a payment method that no customer has.</summary>
    public string TypeCard()
    {
        lock (gate)
        {
            var id = Name("pm");
            methods[id] = new(id, id);
            return id;
        }
    }

    /// <summary>The payment methods that a shopper's customer has.</summary>
    public IReadOnlyList<string> MethodsOf(Guid user)
    {
        lock (gate)
        {
            return [.. methods.Values.Where(method => method.Customer is { } customer && customers[customer] == user.ToString()).Select(method => method.Id)];
        }
    }

    public static async Task<StripeStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StripeStub(builder.Build());
        stub.server.Run(stub.Answer);
        await stub.server.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        foreach (var (key, value) in context.Request.Query)
        {
            form[key] = value.ToString();
        }

        var (status, body, lost) = Decide(context.Request, form);
        if (lost)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private (int Status, string Body, bool Lost) Decide(HttpRequest request, Dictionary<string, string> form)
    {
        lock (gate)
        {
            var key = request.Headers["Idempotency-Key"].ToString();
            var lost = LostOnce.RemoveWhere(end => request.Path.Value!.EndsWith(end, StringComparison.Ordinal) && request.Method == "POST") > 0;
            if (key.Length > 0 && answered.TryGetValue(key, out var before))
            {
                return (200, before, lost);
            }

            var (status, answer) = Handle(request.Method, request.Path.Value!["/v1/".Length..].Split('/'), form);
            var body = JsonSerializer.Serialize(answer);
            if (key.Length > 0 && status == 200)
            {
                answered[key] = body;
            }

            return (status, body, lost);
        }
    }

    private (int, object) Handle(string method, string[] path, Dictionary<string, string> form) => (method, path) switch
    {
        ("POST", ["payment_intents"]) => Create(form),
        ("GET", ["payment_intents", var id]) => (200, intents[id].Document()),
        ("POST", ["payment_intents", var id, "confirm"]) => Confirm(intents[id]),
        ("POST", ["payment_intents", var id, "capture"]) => Move(intents[id], "requires_capture", "succeeded"),
        ("POST", ["payment_intents", var id, "cancel"]) => Move(intents[id], null, "canceled"),
        ("POST", ["refunds"]) => Refunded(form),
        ("GET", ["refunds", var id]) when refunds.Find(refund => refund.Id == id) is { } refund => (200, refund.Document()),
        ("GET", ["refunds"]) => (200, new { @object = "list", has_more = false, data = refunds.Where(refund => refund.Intent == form["payment_intent"]).Select(refund => refund.Document()) }),
        ("POST", ["customers"]) => (200, new { id = Customer(form["metadata[user]"]), @object = "customer" }),
        ("GET", ["payment_methods", var id]) => Find(id) is { } found ? (200, found.Document()) : NoSuchMethod(id),
        ("POST", ["payment_methods", var id, "attach"]) => Attach(id, form["customer"]),
        ("POST", ["payment_methods", var id, "detach"]) => Detach(id),
        ("POST", ["checkout", "sessions"]) => (200, Session(form)),
        ("GET", ["checkout", "sessions", var id]) when sessions.TryGetValue(id, out var customer) => (200, new
        {
            id,
            @object = "checkout.session",
            customer,
            setup_intent = new { id = "seti_1", @object = "setup_intent", status = "succeeded", payment_method = methods[$"pm_of_{id}"].Document() },
        }),
        _ => Error("invalid_request_error", "resource_missing", null),
    };

    private (int, object) Create(Dictionary<string, string> form)
    {
        if (CreateErrors.TryGetValue(Guid.Parse(form["metadata[order]"]), out var error))
        {
            return Error(error);
        }

        if (Find(form["payment_method"]) is not { } method)
        {
            return NoSuchMethod(form["payment_method"]);
        }

        if (method.Detached)
        {
            return UsedUp;
        }

        var intent = new Intent(Name("pi"), form["metadata[order]"], long.Parse(form["amount"], CultureInfo.InvariantCulture), form["currency"], method)
        {
            Manual = form["capture_method"] == "manual",
            Customer = form.GetValueOrDefault("customer"),
        };
        intents[intent.Id] = intent;
        return (200, intent.Document());
    }

    private (int, object) Confirm(Intent intent)
    {
        if (intent.Method.Detached)
        {
            return UsedUp;
        }

        if (intent.Method.Card == "pm_card_chargeDeclined")
        {
            intent.Status = "requires_payment_method";
            return Error("card_error", "card_declined", null);
        }

        if (ConfirmedBefore.TryRemove(Guid.Parse(intent.Order), out _))
        {
            intent.Status = "requires_capture";
        }

        return Move(intent, "requires_confirmation", intent.Manual ? "requires_capture" : "succeeded");
    }

    private static (int, object) Move(Intent intent, string? from, string to)
    {
        if (from is null ? intent.Status is "succeeded" or "canceled" : intent.Status != from)
        {
            return Error("invalid_request_error", "payment_intent_unexpected_state", null);
        }

        intent.Status = to;
        return (200, intent.Document());
    }

    private (int, object) Refunded(Dictionary<string, string> form)
    {
        var intent = intents[form["payment_intent"]];
        var refund = new Refund(Name("re"), intent.Id, long.Parse(form["amount"], CultureInfo.InvariantCulture), form["metadata[refund]"]);
        if (RefundErrors.TryGetValue(Guid.Parse(intent.Order), out var error))
        {
            return Error(error);
        }

        refund.Status = FailAtOnce.GetValueOrDefault(Guid.Parse(intent.Order), refund.Status);
        if (intent.Status != "succeeded" || refunds.Where(made => made.Intent == intent.Id && !made.Failed).Sum(made => made.Amount) + refund.Amount > intent.Amount)
        {
            return Error("invalid_request_error", "charge_already_refunded", null);
        }

        refunds.Add(refund);
        return (200, refund.Document());
    }

    // The cards of Stripe's documentation are for everybody: attached, one is a payment method of its own.
    private Method? Find(string id) => id.StartsWith("pm_card_", StringComparison.Ordinal) ? new(id, id) : methods.GetValueOrDefault(id);

    private (int, object) Attach(string id, string customer)
    {
        if (Find(id) is not { Detached: false } method || (method.Customer ?? customer) != customer)
        {
            return NoSuchMethod(id);
        }

        method = methods.GetValueOrDefault(id) ?? new(Name("pm"), id);
        method.Customer = customer;
        methods[method.Id] = method;
        return (200, method.Document());
    }

    private (int, object) Detach(string id)
    {
        if (Find(id) is not { Customer: not null } method)
        {
            return Error("invalid_request_error", "payment_method_not_attached", null);
        }

        (method.Customer, method.Detached) = (null, true);
        return (200, method.Document());
    }

    private string Customer(string user)
    {
        var id = Name("cus");
        customers[id] = user;
        return id;
    }

    private object Session(Dictionary<string, string> form)
    {
        var id = Name("cs");
        sessions[id] = form["customer"];
        return new { id, @object = "checkout.session", url = $"https://checkout.stripe.test/{id}", form["success_url"].Length };
    }

    private string Name(string kind) => $"{kind}_{++count}";

    private static (int, object) NoSuchMethod(string id) => (400, new
    {
        error = new { type = "invalid_request_error", code = "resource_missing", message = $"No such PaymentMethod: '{id}'", param = "payment_method" },
    });

    private static (int, object) UsedUp => (400, new
    {
        error = new { type = "invalid_request_error", message = "The provided PaymentMethod was detached from a Customer. It may not be used again." },
    });

    private static (int, object) Error((int Status, string Type, string Code) error) =>
        (error.Status, new { error = new { type = error.Type, code = error.Code, message = $"{error.Code}." } });

    private static (int, object) Error(string type, string code, string? param) =>
        (type == "card_error" ? 402 : 400, new { error = new { type, code, param, message = $"{code}." } });

    /// <summary>A PaymentIntent.</summary>
    public sealed record Intent(string Id, string Order, long Amount, string Currency, Method Method)
    {
        public string Status { get; set; } = "requires_confirmation";

        public bool Manual { get; init; }

        public string? Customer { get; init; }

        internal object Document() => new
        {
            id = Id,
            @object = "payment_intent",
            amount = Amount,
            currency = Currency,
            status = Status,
            customer = Customer,
            payment_method = Method.Id,
            metadata = new { order = Order },
        };
    }

    /// <summary>A PaymentMethod.</summary>
    /// <param name="Card">The same for the same card.</param>
    public sealed record Method(string Id, string Card)
    {
        public string? Customer { get; set; }

        public bool Detached { get; set; }

        internal object Document() => new
        {
            id = Id,
            @object = "payment_method",
            customer = Customer,
            type = "card",
            card = new { brand = "visa", last4 = "4242", exp_month = 8, exp_year = 2031, fingerprint = $"fp_{Card}" },
        };
    }

    private sealed record Refund(string Id, string Intent, long Amount, string Name)
    {
        public string Status { get; set; } = "succeeded";

        public bool Failed => Status is "failed" or "canceled";

        public object Document() => new
        {
            id = Id,
            @object = "refund",
            amount = Amount,
            payment_intent = Intent,
            status = Status,
            metadata = new { refund = Name },
        };
    }
}
