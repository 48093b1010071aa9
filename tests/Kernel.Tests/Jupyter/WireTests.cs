using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;
using NetMQ;
using Tests.Shared;

namespace Tests.Kernel.Jupyter;

public sealed class WireTests
{
    private const string File = """{"shell_port":0,"iopub_port":0,"stdin_port":0,"control_port":0,"hb_port":0,"""
        + """ "ip":"127.0.0.1","key":"abc","transport":"tcp","signature_scheme":"hmac-sha256","kernel_name":"x"}""";

    [Fact]
    public void The_signature_is_the_hmac_of_the_four_parts()
    {
        var frames = new MessageCodec("key")
            .Encode(new JupyterMessage { Header = new JsonObject { ["msg_type"] = "a" }, Content = new JsonObject { ["b"] = "ü" } });
        Assert.Equal(
            ["<IDS|MSG>", "{\"msg_type\":\"a\"}", "{}", "{}", "{\"b\":\"ü\"}"],
            new[] { 0, 2, 3, 4, 5 }.Select(i => frames[i].ConvertToString(Encoding.UTF8)));
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes("{\"msg_type\":\"a\"}{}{}{\"b\":\"ü\"}"))),
            frames[1].ConvertToString());
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_nothing_is_run()
    {
        await using var kernel = new TestKernel();
        using (var stranger = new KernelClientWithKey(kernel.Kernel.Connection, "guess"))
        {
            stranger.Send("execute_request", new JsonObject { ["code"] = "var stolen = 1;" });
        }

        Assert.Equal("7", kernel.Client.Run("7").Value);
        Assert.Equal("error", kernel.Client.Run("stolen").Status);
        Assert.Contains(kernel.Problems, problem => problem.Contains("wrong signature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_heartbeat_answers_while_a_cell_runs()
    {
        await using var kernel = new TestKernel();
        var id = kernel.Client.StartCell("System.Threading.Thread.Sleep(1000);");
        kernel.Client[KernelChannel.Heartbeat].SendMoreFrameEmpty().SendFrame("ping");
        NetMQMessage? answer = null;
        Assert.True(kernel.Client[KernelChannel.Heartbeat].TryReceiveMultipartMessage(KernelClient.Patience, ref answer), "no heartbeat");
        Assert.Equal("ping", answer!.Last.ConvertToString());
        kernel.Client.Answer(id);
    }

    [Fact]
    public async Task Nothing_listens_but_on_the_connections_address()
    {
        var before = Listeners();
        await using var kernel = new TestKernel();
        kernel.Client.Run("1");
        var ports = kernel.Kernel.Connection.Ports.Values.ToList();
        Assert.Equal(5, ports.Distinct().Count());
        var opened = Listeners().Where(end => ports.Contains(end.Port) || !before.Contains(end)).ToList();
        Assert.All(opened, end => Assert.Equal("127.0.0.1", end.Address.ToString()));
        Assert.All(ports, port => Assert.Contains(opened, end => end.Port == port));
    }

    [Fact]
    public async Task A_second_kernel_on_the_same_ports_says_so_and_the_first_serves_on()
    {
        await using var kernel = new TestKernel();
        var problem = Assert.Throws<ConnectionException>(
            () => new KernelSockets(kernel.Kernel.Connection, (_, _) => { }, _ => { }, patience: TimeSpan.FromMilliseconds(300)));
        Assert.Contains(
            kernel.Kernel.Connection.Ports[KernelChannel.Shell].ToString(System.Globalization.CultureInfo.InvariantCulture),
            problem.Message,
            StringComparison.Ordinal);
        Assert.Equal("7", kernel.Client.Run("7").Value);
    }

    [Fact]
    public async Task Requests_that_are_not_what_the_protocol_says_are_answered_with_an_error()
    {
        await using var kernel = new TestKernel();
        Assert.Equal(
            "execute_request: 'code' is 5; expected a text.",
            (string?)kernel.Client.Ask("execute_request", new JsonObject { ["code"] = 5 })["evalue"]);
        Assert.Equal("complete_request: 'code' is missing; expected a text.", (string?)kernel.Client.Ask("complete_request", [])["evalue"]);
        Assert.Equal(
            "This kernel does not know debug_request.", (string?)kernel.Client.Ask("debug_request", [], KernelChannel.Control)["evalue"]);
        Assert.Equal(
            "ok", (string?)kernel.Client.Ask("complete_request", new JsonObject { ["code"] = "x", ["cursor_pos"] = -3 })["status"]);
    }

    [LongFact]
    public async Task Ten_thousand_random_messages_leave_it_serving()
    {
        await using var kernel = new TestKernel();
        var fuzz = new MessageFuzz(kernel.Kernel.Connection, seed: 20261129);
        for (var i = 0; i < 10_000; i++)
        {
            fuzz.Next();
            if (i % 1000 == 999)
            {
                Assert.Equal("ok", (string?)kernel.Client.Ask("kernel_info_request", [])["status"]);
            }
        }

        fuzz.Dispose();
        Assert.Equal("7", kernel.Client.Run("3 + 4").Value);
        Assert.False(kernel.Kernel.ShutdownRequested.IsCompleted);
    }

    [Theory]
    [InlineData("\"tcp\"", "\"ipc\"", "asks for transport 'ipc'; this kernel knows tcp.")]
    [InlineData("hmac-sha256", "hmac-md5", "asks for signature_scheme 'hmac-md5'; this kernel knows hmac-sha256.")]
    [InlineData("\"hb_port\":0", "\"hb_port\":70000", "'hb_port' is 70000; expected a port, 0 to 65535.")]
    [InlineData("\"hb_port\":0,", "", "'hb_port' is missing; expected a port, 0 to 65535.")]
    [InlineData("\"127.0.0.1\",\"key\":\"abc\"", "\"0.0.0.0\",\"key\":\"\"", "has no 'key'")]
    [InlineData("{", "[", "is not JSON")]
    public void A_connection_file_that_cannot_be_served_is_refused_with_a_reason(string part, string instead, string expected)
    {
        var problem = Assert.Throws<ConnectionException>(() => ConnectionInfo.Parse(File.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_connection_file_is_for_its_user_alone_and_reads_back()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such rights.");
        using var folder = new TemporaryFolder();
        var connection = ConnectionInfo.OnLoopback();
        connection.Write(folder.File("c.json"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(folder.File("c.json")));
        Assert.Equal((connection.Key, connection.Ip), (ConnectionInfo.Read(folder.File("c.json")).Key, "127.0.0.1"));
        System.IO.File.SetUnixFileMode(folder.File("c.json"), UnixFileMode.UserRead);
        ConnectionInfo.Read(folder.File("c.json"));
        Assert.Equal(UnixFileMode.UserRead, System.IO.File.GetUnixFileMode(folder.File("c.json")));
    }

    private static List<System.Net.IPEndPoint> Listeners() => [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()];
}
