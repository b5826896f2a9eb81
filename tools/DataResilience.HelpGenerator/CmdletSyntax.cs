using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace DataResilience.HelpGenerator;

/// <summary>A cmdlet as PowerShell sees it: parameter sets, types, positions, pipes.</summary>
internal sealed class CmdletSyntax
{
    private readonly CmdletInfo command;

    private CmdletSyntax(CmdletAttribute attribute, Type type)
    {
        Verb = attribute.VerbName;
        Noun = attribute.NounName;
        command = new CmdletInfo($"{Verb}-{Noun}", type);
        Properties = type.GetProperties().ToDictionary(property => property.Name);
    }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => command.Name;

    public ReadOnlyCollection<CommandParameterSetInfo> ParameterSets => command.ParameterSets;

    public IReadOnlyDictionary<string, PropertyInfo> Properties { get; }

    /// <summary>Every parameter of the cmdlet's own, with WhatIf and Confirm.</summary>
    public IReadOnlyList<string> ParameterNames =>
        [.. ParameterSets.SelectMany(Own).Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads every cmdlet of an assembly.</summary>
    public static IEnumerable<CmdletSyntax> ReadAll(string assemblyPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath)).GetExportedTypes()
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<CmdletAttribute>()))
            .Where(entry => entry.Attribute is not null && !entry.Type.IsAbstract)
            .Select(entry => new CmdletSyntax(entry.Attribute!, entry.Type));
    }

    /// <summary>The parameters of a set, without those that every cmdlet has.</summary>
    public static IEnumerable<CommandParameterInfo> Own(CommandParameterSetInfo set) =>
        set.Parameters
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory);
}
