using Contoso.Text;

Console.WriteLine(Lines.Frame("ContosoConsole"));
