namespace Tests.Runs;

/// <summary>A folder that is removed again.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("covidnotebooks-runs-").FullName;

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
