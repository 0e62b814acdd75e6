using System;

namespace Contoso.Text;

/// <summary>Shapes lines of text.</summary>
public static class Lines
{
    /// <summary>At most <paramref name="width"/> characters of <paramref name="line"/>, the last one an ellipsis if it was longer.</summary>
    public static string Truncate(string line, int width)
    {
        Guard.InRange(width, 1, int.MaxValue, nameof(width));
        return line.Length <= width ? line : line.Substring(0, width - 1) + "…";
    }

    /// <summary>The line between two rules of its own length.</summary>
    public static string Frame(string line)
    {
        var rule = new string('-', Guard.NotEmpty(line, nameof(line)).Length);
        return string.Join(Environment.NewLine, rule, line, rule);
    }
}
