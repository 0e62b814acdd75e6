using System.Reflection;
using Contoso.Text;

if (args is ["--version"])
{
    var assembly = Assembly.GetExecutingAssembly();
    Console.WriteLine(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
    return;
}

Console.WriteLine(Lines.Truncate($"Hello, {(args.Length == 0 ? "World" : string.Join(" ", args))}!", 40));
