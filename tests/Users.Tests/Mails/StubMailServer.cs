using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace PlayStationStore.Users.Tests;

/// <summary>A mail server on a port of its own, which a test starts and stops.</summary>
public sealed class StubMailServer : IAsyncDisposable
{
    private CancellationTokenSource? running;
    private Task serving = Task.CompletedTask;

    public int Port { get; } = FreePort();

    /// <summary>What was taken.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = [];


    public IEnumerable<MimeMessage> To(string address) => Mails.Where(mail => mail.To.Mailboxes.Any(one => one.Address == address));

    public void Start()
    {
        var services = new ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter());
        running = new CancellationTokenSource();
        var options = new SmtpServerOptionsBuilder().ServerName("mail.test").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build();
        serving = new SmtpServer.SmtpServer(options, services).StartAsync(running.Token);
    }

    public async Task StopAsync()
    {
        if (running is not null)
        {
            await running.CancelAsync();
            await serving.WaitAsync(TimeSpan.FromSeconds(20)).ContinueWith(_ => { }, TaskScheduler.Default);
            running.Dispose();
            running = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Store(StubMailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            server.Mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(buffer.ToArray()), cancellationToken));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Filter : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(!to.User.StartsWith("unknown", StringComparison.Ordinal));
    }
}
