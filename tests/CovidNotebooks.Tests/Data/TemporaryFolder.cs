namespace Tests.Data;

/// <summary>A folder that is removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("covidnotebooks-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
