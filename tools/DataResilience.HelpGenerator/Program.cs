using System.Xml.Linq;
using DataResilience.HelpGenerator;

if (args.Length != 3)
{
    await Console.Error.WriteLineAsync("usage: DataResilience.HelpGenerator CMDLETS.dll DOCS-FOLDER HELP.xml");
    return 2;
}

try
{
    var commands = CmdletSyntax.ReadAll(args[0])
        .OrderBy(syntax => syntax.Name, StringComparer.Ordinal)
        .Select(syntax => new MamlCommand(syntax, HelpPage.Read(Path.Combine(args[1], syntax.Name + ".md"), syntax)).ToXml());
    var help = new XElement(Maml.Msh + "helpItems", new XAttribute("schema", "maml"), commands);
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[2]))!);
    new XDocument(help).Save(args[2]);
    return 0;
}
catch (HelpPageException wrong)
{
    // The form in which a build shows an error with its file.
    await Console.Error.WriteLineAsync($"{wrong.Page} : error HELP001: {wrong.Message}");
    return 1;
}
