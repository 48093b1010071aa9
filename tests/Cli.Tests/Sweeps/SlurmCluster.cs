using System.Diagnostics;
using Tests.Shared;

namespace Tests.Cli.Sweeps;

/// <summary>
/// Slurm on this machine alone, with its controller and its one node on loopback: Debian's packages slurmctld, slurmd and slurm-client, and
/// munge. Needs root.
/// </summary>
internal sealed class SlurmCluster : IDisposable
{
    private readonly List<Process> daemons = [];
    private readonly string folder;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its files go.</param>
    public SlurmCluster(string folder)
    {
        this.folder = folder;
        var (controller, node) = (FreePorts.Take(), FreePorts.Take());
        var key = Path.Combine(folder, "munge.key");
        File.WriteAllBytes(key, System.Security.Cryptography.RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows())
        {
            // What munge insists on: the key is its owner's alone, and its folder may be looked into by everyone.
            File.SetUnixFileMode(key, UnixFileMode.UserRead);
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        var socket = Path.Combine(folder, "munge.socket");
        Configuration = Path.Combine(folder, "slurm.conf");
        var name = Environment.MachineName.Split('.')[0];
        File.WriteAllText(
            Configuration,
            $"""
            ClusterName=test
            SlurmctldHost={name}(127.0.0.1)
            SlurmUser=root
            AuthType=auth/munge
            AuthInfo=socket={socket}
            CryptoType=crypto/munge
            SlurmctldPort={controller}
            SlurmdPort={node}
            StateSaveLocation={Made("state")}
            SlurmdSpoolDir={Made("spool")}
            SlurmctldPidFile={folder}/slurmctld.pid
            SlurmdPidFile={folder}/slurmd.pid
            SlurmctldLogFile={folder}/slurmctld.log
            SlurmdLogFile={folder}/slurmd.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SwitchType=switch/none
            MpiDefault=none
            ReturnToService=2
            NodeName={name} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
            PartitionName=here Nodes={name} Default=YES MaxTime=INFINITE State=UP

            """);
        Start(
            "munged",
            "--foreground",
            "--force",
            $"--key-file={key}",
            $"--socket={socket}",
            $"--pid-file={folder}/munged.pid",
            $"--log-file={folder}/munged.log",
            $"--seed-file={folder}/munged.seed");
        Wait(() => File.Exists(socket), "munged made no socket");
        Start("slurmctld", "-D", "-f", Configuration);
        Start("slurmd", "-D", "-f", Configuration, "-N", name);
        Wait(() => Ask("sinfo", "--noheader", "--format=%T").Trim() == "idle", "the node did not become idle");
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Reason =>
        !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "needs root on Linux to start Slurm's daemons"
        : ((string[])["munged", "slurmctld", "slurmd", "sbatch", "squeue"]).FirstOrDefault(program => Find(program) is null) is { } missing
            ? $"needs Debian's packages slurmctld, slurmd, slurm-client and munge: there is no {missing}"
        : null;

    /// <summary>For the environment variable <c>SLURM_CONF</c>.</summary>
    public string Configuration { get; }

    /// <summary>Calls one of Slurm's commands.</summary>
    public string Ask(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                Environment = { ["SLURM_CONF"] = Configuration },
            })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    /// <summary>Ends the daemons that were started here.</summary>
    public void Dispose()
    {
        foreach (var daemon in Enumerable.Reverse(daemons))
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }
    }

    private static string? Find(string program) =>
        ((string[])["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]).Select(place => Path.Combine(place, program))
            .FirstOrDefault(File.Exists);

    private string Made(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    private void Start(string program, params string[] arguments) =>
        daemons.Add(
            Process.Start(
                new ProcessStartInfo(Find(program)!, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                    Environment = { ["SLURM_CONF"] = Configuration },
                })!);

    private void Wait(Func<bool> until, string otherwise)
    {
        for (var i = 0; i < 600; i++)
        {
            if (until())
            {
                return;
            }

            Thread.Sleep(100);
        }

        var logs = Directory.EnumerateFiles(folder, "*.log")
            .Select(log => $"{Path.GetFileName(log)}:\n{string.Join('\n', File.ReadLines(log).TakeLast(15))}");
        Dispose();
        throw new InvalidOperationException($"{otherwise}.\n{string.Join('\n', logs)}");
    }
}

/// <summary>A long test that starts Slurm's daemons.</summary>
internal sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute() => Skip = Shared.LongTests.Reason ?? SlurmCluster.Reason;
}
