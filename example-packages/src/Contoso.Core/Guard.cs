using System;

namespace Contoso;

/// <summary>Checks of arguments that return the checked value.</summary>
public static class Guard
{
    /// <summary>Returns <paramref name="value"/>, or throws when it is null, empty or only white space.</summary>
    public static string NotEmpty(string? value, string name) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("must not be empty", name) : value!;

    /// <summary>Returns <paramref name="value"/>, or throws when it is outside the bounds (both included).</summary>
    public static int InRange(int value, int lowest, int highest, string name)
    {
        if (value >= lowest && value <= highest) return value;
#if CONTOSO_CORE_2
        throw new ArgumentOutOfRangeException(name, value, $"must be from {lowest} to {highest}");
#else
        throw new ArgumentException($"must be from {lowest} to {highest}", name);
#endif
    }
}
