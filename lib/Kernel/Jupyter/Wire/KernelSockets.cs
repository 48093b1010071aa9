using NetMQ;
using NetMQ.Sockets;

namespace CovidNotebooks.Kernel.Jupyter.Wire;

/// <summary>The sockets of a kernel, served by one thread that never waits for anything else. Sending is safe from every thread.</summary>
internal sealed class KernelSockets : IDisposable
{
    private const int MessagesAtOnce = 64;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<KernelChannel, NetMQSocket> sockets = [];
    private readonly NetMQQueue<(KernelChannel Channel, NetMQMessage Message)> outgoing = new();
    private readonly NetMQPoller poller = [];
    private readonly Action<KernelChannel, NetMQMessage> received;
    private readonly Action<string> log;

    /// <summary>Opens the sockets.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="received">Is given what comes in, on the sockets' own thread; it must not wait.</param>
    /// <param name="log">Is told what was ignored and why.</param>
    /// <param name="patience">
    /// How long a port that is taken is tried again: a kernel that is restarted gets the ports of the one before it.
    /// </param>
    /// <exception cref="ConnectionException">The address is not this machine's, or a port stays taken.</exception>
    public KernelSockets(ConnectionInfo connection, Action<KernelChannel, NetMQMessage> received, Action<string> log, TimeSpan patience)
    {
        (this.received, this.log) = (received, log);
        var ports = new Dictionary<KernelChannel, int>();
        try
        {
            foreach (var channel in Enum.GetValues<KernelChannel>())
            {
                NetMQSocket socket = channel == KernelChannel.IOPub ? new XPublisherSocket() : new RouterSocket();
                sockets[channel] = socket;

                // No message is ever dropped because a client is slow: a cell's output is work.
                (socket.Options.SendHighWatermark, socket.Options.ReceiveHighWatermark) = (0, 0);
                socket.Options.Linger = TimeSpan.FromSeconds(1);
                ports[channel] = Bind(socket, channel, connection, patience);
                socket.ReceiveReady += (_, _) => Receive(channel, socket);
            }
        }
        catch (ConnectionException)
        {
            CloseSockets();
            throw;
        }

        Connection = connection with { Ports = ports };
        outgoing.ReceiveReady += (_, _) => SendAll();
        poller.Add(outgoing);
        foreach (var socket in sockets.Values)
        {
            poller.Add(socket);
        }

        poller.RunAsync("Jupyter sockets");
    }

    /// <summary>The connection with the ports that were bound.</summary>
    public ConnectionInfo Connection { get; }

    public void Send(KernelChannel channel, NetMQMessage message) => outgoing.Enqueue((channel, message));

    public void Dispose()
    {
        if (poller.IsRunning)
        {
            poller.Stop();
        }

        SendAll();
        poller.Dispose();
        outgoing.Dispose();
        CloseSockets();
    }

    private static int Bind(NetMQSocket socket, KernelChannel channel, ConnectionInfo connection, TimeSpan patience)
    {
        var (port, until) = (connection.Ports[channel], DateTime.UtcNow + patience);
        var host = connection.Ip.Contains(':', StringComparison.Ordinal) ? $"[{connection.Ip}]" : connection.Ip;
        while (true)
        {
            try
            {
                if (port == 0)
                {
                    return socket.BindRandomPort($"tcp://{host}");
                }

                socket.Bind($"tcp://{host}:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
                return port;
            }
            catch (AddressAlreadyInUseException) when (DateTime.UtcNow < until)
            {
                Thread.Sleep(Retry);
            }
            catch (Exception problem) when (problem is NetMQException or System.Net.Sockets.SocketException or ArgumentException)
            {
                throw new ConnectionException(
                    $"The kernel cannot listen on {connection.Ip}, port {port} ({channel}): {problem.Message}. Another program may "
                        + "have the port: start the kernel again, Jupyter then chooses others.");
            }
        }
    }

    private void CloseSockets()
    {
        foreach (var socket in sockets.Values)
        {
            socket.Dispose();
        }
    }

    private void Receive(KernelChannel channel, NetMQSocket socket)
    {
        for (var i = 0; i < MessagesAtOnce; i++)
        {
            NetMQMessage? frames = null;
            if (!socket.TryReceiveMultipartMessage(ref frames))
            {
                return;
            }

            try
            {
                if (channel == KernelChannel.Heartbeat)
                {
                    socket.TrySendMultipartMessage(frames!);
                }
                else
                {
                    received(channel, frames!);
                }
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // Whatever one message does, the next one is served.
                log($"a message on {channel} was ignored: {problem.Message}");
            }
        }
    }

    private void SendAll()
    {
        while (outgoing.TryDequeue(out var next, TimeSpan.Zero))
        {
            try
            {
                sockets[next.Channel].TrySendMultipartMessage(next.Message);
            }
            catch (NetMQException problem)
            {
                log($"a message on {next.Channel} could not be sent: {problem.Message}");
            }
        }
    }
}
