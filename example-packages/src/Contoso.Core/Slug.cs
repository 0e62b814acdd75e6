#if CONTOSO_CORE_2
using System.Text;

namespace Contoso;

/// <summary>Makes texts fit for a URL.</summary>
public static class Slug
{
    /// <summary>Lower case letters and digits of <paramref name="title"/>, with one hyphen for all between them.</summary>
    public static string From(string title)
    {
        var slug = new StringBuilder(title.Length);
        foreach (var character in Guard.NotEmpty(title, nameof(title)).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(character)) slug.Append(character);
            else if (slug.Length > 0 && slug[slug.Length - 1] != '-') slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
#endif
