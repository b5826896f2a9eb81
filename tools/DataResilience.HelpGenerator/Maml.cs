using System.Xml.Linq;

namespace DataResilience.HelpGenerator;

/// <summary>The names of MAML, the form in which PowerShell reads the help of cmdlets.</summary>
internal static class Maml
{
    public static readonly XNamespace Msh = "http://msh";
    public static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Paragraphs.</summary>
    public static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) =>
        texts.Select(text => new XElement(Text + "para", text));

    /// <summary>A description of paragraphs.</summary>
    public static XElement Description(IEnumerable<string> texts) => new(Text + "description", Paragraphs(texts));
}
