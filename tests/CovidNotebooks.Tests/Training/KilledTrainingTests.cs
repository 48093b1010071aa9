using System.Diagnostics;
using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Models.Weights;
using Tests.Data;
using Xunit.Abstractions;

namespace Tests.Training;

/// <summary>A training whose process is killed again and again.</summary>
[Collection(SharedGenerator.Name)]
public class KilledTrainingTests(ITestOutputHelper output)
{
    private const int Kills = 12;

    [Fact]
    public async Task Killed_at_any_moment_and_resumed_it_ends_with_the_bits_of_an_undisturbed_one()
    {
        using var folder = new TemporaryFolder();
        var images = Phantoms.Create(
            Path.Combine(folder.Path, "images"), new PhantomOptions { Size = 32, TrainPerClass = 12, TestPerClass = 1 })["train"].Root;
        var epochTime = await Undisturbed(images, folder.Path);
        var random = new Random(7);
        var (killed, halfWritten, heard) = (0, 0, 0);
        while (killed < Kills)
        {
            using var process = Start(images, folder.Path, "killed");
            if (await NextEpoch(process) is not { } epoch)
            {
                break;
            }

            Assert.True(epoch > heard, $"epoch {epoch} was trained after epoch {heard} had its checkpoint");
            heard = epoch;
            await Task.Delay(epochTime * random.NextDouble());
            process.Kill();
            await process.WaitForExitAsync();
            killed++;

            // The checkpoint is whole, whatever was being written.
            Safetensors.Read(Path.Combine(folder.Path, "killed.checkpoint.safetensors")).Dispose();
            halfWritten += Directory.GetFiles(folder.Path, "*.tmp").Count(file => { File.Delete(file); return true; });
        }

        await Ended(Start(images, folder.Path, "killed"));
        output.WriteLine(
            $"{killed} kills, {halfWritten} of them while a checkpoint was being written; an epoch takes "
                + $"{epochTime.TotalMilliseconds:F0} ms");
        Assert.True(killed >= Kills / 2, $"the training ended after {killed} kills: give it more epochs");
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder.Path, "whole.safetensors")),
            File.ReadAllBytes(Path.Combine(folder.Path, "killed.safetensors")));
    }

    /// <summary>Trains without a kill and measures how long an epoch takes with its checkpoint.</summary>
    private static async Task<TimeSpan> Undisturbed(string images, string folder)
    {
        var process = Start(images, folder, "whole");
        Assert.Equal(1, await NextEpoch(process));
        var started = Stopwatch.GetTimestamp();
        await Ended(process);
        return Stopwatch.GetElapsedTime(started) / (TrainingProcess.Epochs - 1);
    }

    private static Process Start(string images, string folder, string name)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Who is killed leaves the runtime's sockets in the temporary folder.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        foreach (var argument in (string[])["exec", typeof(TrainingProcess).Assembly.Location, "train", images, folder, name])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>The number of the first epoch that the process ends; null where the training had ended before.</summary>
    private static async Task<int?> NextEpoch(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.True(
            line is "started", $"The training did not start: {line} {(line is null ? await process.StandardError.ReadToEndAsync() : "")}");
        line = await process.StandardOutput.ReadLineAsync();
        if (line is not null)
        {
            return int.Parse(line.AsSpan("epoch ".Length), CultureInfo.InvariantCulture);
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The training could not go on: {await process.StandardError.ReadToEndAsync()}");
        return null;
    }

    private static async Task Ended(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"The training ended with code {process.ExitCode}: {await error}");
        }
    }
}
