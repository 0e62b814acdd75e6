using System.IO;

namespace Contoso.Legacy.Log;

/// <summary>Appends lines to a file.</summary>
public sealed class LogFile
{
    private readonly string path;

    public LogFile(string path)
    {
        this.path = path;
    }

    public void Append(string line)
    {
        File.AppendAllLines(path, new[] { line });
    }
}
