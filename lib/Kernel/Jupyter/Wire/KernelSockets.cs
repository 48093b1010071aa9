using NetMQ;
using NetMQ.Sockets;

namespace CovidNotebooks.Kernel.Jupyter.Wire;

/// <summary>The sockets of a kernel, served by one thread that never waits for anything else. Sending is safe from every thread.</summary>
internal sealed class KernelSockets : IDisposable
{
    private const int MessagesAtOnce = 64;
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<KernelChannel, NetMQSocket> _sockets = [];
    private readonly NetMQQueue<(KernelChannel Channel, NetMQMessage Message)> _outgoing = new();
    private readonly NetMQPoller _poller = [];
    private readonly Action<KernelChannel, NetMQMessage> _received;
    private readonly Action<string> _log;

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
        (_received, _log) = (received, log);
        var ports = new Dictionary<KernelChannel, int>();
        try
        {
            foreach (var channel in Enum.GetValues<KernelChannel>())
            {
                NetMQSocket socket = channel == KernelChannel.IOPub ? new XPublisherSocket() : new RouterSocket();
                _sockets[channel] = socket;

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
        _outgoing.ReceiveReady += (_, _) => SendAll();
        _poller.Add(_outgoing);
        foreach (var socket in _sockets.Values)
        {
            _poller.Add(socket);
        }

        _poller.RunAsync("Jupyter sockets");
    }

    /// <summary>The connection with the ports that were bound.</summary>
    public ConnectionInfo Connection { get; }

    public void Send(KernelChannel channel, NetMQMessage message) => _outgoing.Enqueue((channel, message));

    public void Dispose()
    {
        if (_poller.IsRunning)
        {
            _poller.Stop();
        }

        SendAll();
        _poller.Dispose();
        _outgoing.Dispose();
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
                Thread.Sleep(s_retry);
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
        foreach (var socket in _sockets.Values)
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
                    _received(channel, frames!);
                }
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // Whatever one message does, the next one is served.
                _log($"a message on {channel} was ignored: {problem.Message}");
            }
        }
    }

    private void SendAll()
    {
        while (_outgoing.TryDequeue(out var next, TimeSpan.Zero))
        {
            try
            {
                _sockets[next.Channel].TrySendMultipartMessage(next.Message);
            }
            catch (NetMQException problem)
            {
                _log($"a message on {next.Channel} could not be sent: {problem.Message}");
            }
        }
    }
}
