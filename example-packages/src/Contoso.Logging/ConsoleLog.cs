using System.IO;

namespace Contoso.Logging;

/// <summary>Writes one line per event: its name, a colon, the message.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="width">Longest line written; only .NET 10 and later shorten lines.</param>
public sealed class ConsoleLog(TextWriter output, int width = 120)
{
    /// <summary>Writes one event.</summary>
    public void Write(string name, string message)
    {
        var line = $"{Guard.NotEmpty(name, nameof(name))}: {message}";
#if NET10_0_OR_GREATER
        line = Text.Lines.Truncate(line, width);
#endif
        output.WriteLine(line);
    }

    /// <summary>Longest line written.</summary>
    public int Width => width;
}
