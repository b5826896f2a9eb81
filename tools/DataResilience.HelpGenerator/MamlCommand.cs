using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace DataResilience.HelpGenerator;

/// <summary>The help of one cmdlet.</summary>
internal sealed class MamlCommand(CmdletSyntax syntax, HelpPage page)
{
    public XElement ToXml() => new(
        Maml.Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
        new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
        new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
        Details(),
        Maml.Description(page.Description),
        new XElement(Maml.Command + "syntax", syntax.ParameterSets.OrderByDescending(set => set.IsDefault).Select(SyntaxItem)),
        new XElement(Maml.Command + "parameters", Parameters()),
        new XElement(Maml.Command + "inputTypes", page.Inputs.Select(part => TypeOf("inputType", part))),
        new XElement(Maml.Command + "returnValues", page.Outputs.Select(part => TypeOf("returnValue", part))),
        new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", Maml.Paragraphs(["Errors:", .. page.Errors]))),
        new XElement(Maml.Command + "examples", page.Examples.Select(Example)),
        new XElement(Maml.Command + "relatedLinks", page.Related.Select(Link)));

    private static XElement TypeOf(string element, MarkdownSection part) => new(
        Maml.Command + element,
        new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", part.Title)),
        Maml.Description(part.Paragraphs()));

    private static XElement Example(MarkdownSection part, int index) => new(
        Maml.Command + "example",
        new XElement(Maml.Text + "title", string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}: {part.Title}")),
        new XElement(Maml.Dev + "code", part.Code),
        new XElement(Maml.Dev + "remarks", Maml.Paragraphs(part.Paragraphs())));

    private static XElement Link(string name) => new(
        Maml.Text + "navigationLink", new XElement(Maml.Text + "linkText", name), new XElement(Maml.Text + "uri"));

    private static string PipelineInput(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static string TypeName(Type type)
    {
        var named = Nullable.GetUnderlyingType(type) ?? type;
        return named.IsArray ? TypeName(named.GetElementType()!) + "[]" : named.Name;
    }

    private XElement Details() => new(
        Maml.Command + "details",
        new XElement(Maml.Command + "name", syntax.Name),
        Maml.Description([page.Synopsis]),
        new XElement(Maml.Command + "verb", syntax.Verb),
        new XElement(Maml.Command + "noun", syntax.Noun));

    private XElement SyntaxItem(CommandParameterSetInfo set) => new(
        Maml.Command + "syntaxItem", new XElement(Maml.Text + "name", syntax.Name), CmdletSyntax.Own(set).Select(Parameter));

    private IEnumerable<XElement> Parameters() => syntax.ParameterNames.Select(name =>
        Parameter(syntax.ParameterSets.SelectMany(CmdletSyntax.Own).First(parameter => parameter.Name == name)));

    private XElement Parameter(CommandParameterInfo parameter) => new(
        Maml.Command + "parameter",
        new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
        new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
        new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false"),
        new XAttribute("pipelineInput", PipelineInput(parameter)),
        new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(Maml.Text + "name", parameter.Name),
        Maml.Description(page.Parameter(parameter.Name)),
        Value(parameter.ParameterType),
        new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", TypeName(parameter.ParameterType)), new XElement(Maml.Text + "uri")));

    private static XElement? Value(Type type) => type == typeof(SwitchParameter)
        ? null
        : new XElement(
            Maml.Command + "parameterValue",
            new XAttribute("required", "true"),
            new XAttribute("variableLength", type.IsArray ? "true" : "false"),
            TypeName(type));
}
