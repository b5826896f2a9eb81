using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DataResilience.PowerShell.Tests.Contract;

public sealed class CmdletConventionTests(StagedModule module) : IClassFixture<StagedModule>
{
    private static readonly string[] ReadingVerbs = [VerbsCommon.Get];

    private static readonly string[] AllowedAssemblies = ["DataResilience", "DataResilience.Abstractions", "System.Management.Automation"];

    private Assembly Cmdlets => module.Cmdlets()[0].ImplementingType.Assembly;

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlet_classes()
    {
        var classes = Cmdlets.GetExportedTypes()
            .Select(type => type.IsAbstract ? null : type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(attribute => $"{attribute.VerbName}-{attribute.NounName}");

        Assert.Equal(classes.Order(StringComparer.Ordinal), module.Cmdlets().Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_verb_is_approved()
    {
        var verbs = new[]
            {
                typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle),
                typeof(VerbsOther), typeof(VerbsSecurity),
            }
            .SelectMany(type => type.GetFields())
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.Empty(module.Cmdlets().Select(cmdlet => cmdlet.Verb).Except(verbs));
    }

    [Fact]
    public void Every_cmdlet_that_changes_something_supports_ShouldProcess()
    {
        var without = module.Cmdlets()
            .Where(cmdlet => !ReadingVerbs.Contains(cmdlet.Verb))
            .Where(cmdlet => !Attribute(cmdlet).SupportsShouldProcess);

        Assert.Empty(without.Select(cmdlet => cmdlet.Name));
    }

    [Fact]
    public void What_deletes_asks_by_itself() =>
        Assert.All(
            module.Cmdlets().Where(cmdlet => cmdlet.Verb == VerbsCommon.Remove),
            cmdlet => Assert.Equal(ConfirmImpact.High, Attribute(cmdlet).ConfirmImpact));

    [Fact]
    public void Every_parameter_has_a_help_message()
    {
        var without = Parameters().Where(entry => entry.Attributes.Any(attribute => string.IsNullOrWhiteSpace(attribute.HelpMessage)));

        Assert.Empty(without.Select(entry => entry.Name));
    }

    [Fact]
    public void Every_cmdlet_says_what_it_emits() =>
        Assert.Empty(module.Cmdlets()
            .Where(cmdlet => cmdlet.ImplementingType.GetCustomAttributes<OutputTypeAttribute>().All(output => output.Type.Length == 0))
            .Select(cmdlet => cmdlet.Name));

    [Fact]
    public void A_cmdlet_with_several_parameter_sets_has_a_default_and_at_most_four()
    {
        var cmdlets = module.Cmdlets().Where(cmdlet => cmdlet.ParameterSets.Count > 1).ToList();

        Assert.NotEmpty(cmdlets);
        Assert.All(cmdlets, cmdlet => Assert.InRange(cmdlet.ParameterSets.Count, 2, 4));
        Assert.All(cmdlets, cmdlet => Assert.Single(cmdlet.ParameterSets, set => set.IsDefault));
    }

    [Fact]
    public void No_target_parameter_binds_from_the_pipe_except_the_name_of_the_database()
    {
        var bound = Parameters()
            .Where(entry => entry.Name.Contains("-Target", StringComparison.Ordinal))
            .Where(entry => entry.Attributes.Any(attribute => attribute.ValueFromPipeline || attribute.ValueFromPipelineByPropertyName))
            .Select(entry => entry.Name.Split(' ')[1])
            .Distinct();

        Assert.Equal(["-TargetDatabase"], bound);
    }

    [Theory]
    [InlineData("Source")]
    [InlineData("Engine")]
    [InlineData("Server")]
    [InlineData("Port")]
    [InlineData("Database")]
    [InlineData("Credential")]
    public void Whatever_takes_a_source_takes_it_by_the_same_parameters(string parameter)
    {
        var declarations = module.Cmdlets()
            .Where(cmdlet => cmdlet.Parameters.ContainsKey("Source"))
            .Select(cmdlet => Declaration(cmdlet.ImplementingType.GetProperty(parameter)!))
            .ToList();

        Assert.Equal(2, declarations.Count);
        Assert.Single(declarations.Distinct());
    }

    [Fact]
    public void Exported_types_are_made_of_types_that_the_shell_can_load()
    {
        var foreign = Cmdlets.GetExportedTypes()
            .SelectMany(type => Bases(type).Select(part => (type, part)))
            .SelectMany(pair => Closed(pair.part).Select(part => (pair.type, part)))
            .Where(pair => !IsAllowed(pair.part.Assembly))
            .Select(pair => $"{pair.type.Name}: {pair.part}");

        Assert.Empty(foreign);
    }

    private static CmdletAttribute Attribute(CmdletInfo cmdlet) => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;

    // All but the help message, as "the database to back up" is not "where to look for databases", and what the compiler adds.
    private static string Declaration(PropertyInfo property) => string.Join('\n', property.CustomAttributes
        .Where(attribute => attribute.AttributeType.Namespace != typeof(CompilerGeneratedAttribute).Namespace)
        .Select(attribute => $"{attribute.AttributeType} {string.Join(", ", attribute.ConstructorArguments)} "
            + string.Join(", ", attribute.NamedArguments.Where(argument => argument.MemberName != nameof(ParameterAttribute.HelpMessage))))
        .Order(StringComparer.Ordinal)
        .Prepend(property.PropertyType.ToString()));

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var part = type.BaseType; part is not null; part = part.BaseType)
        {
            yield return part;
        }

        foreach (var part in type.GetInterfaces())
        {
            yield return part;
        }
    }

    private static IEnumerable<Type> Closed(Type type) => type.GetGenericArguments().SelectMany(Closed).Append(type);

    private static bool IsAllowed(Assembly assembly) =>
        AllowedAssemblies.Contains(assembly.GetName().Name)
        || Path.GetDirectoryName(assembly.Location) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    private IEnumerable<(string Name, IReadOnlyList<ParameterAttribute> Attributes)> Parameters() =>
        from cmdlet in module.Cmdlets()
        from property in cmdlet.ImplementingType.GetProperties()
        let attributes = property.GetCustomAttributes<ParameterAttribute>(inherit: false).ToList()
        where attributes.Count > 0
        select ($"{cmdlet.Name} -{property.Name}", (IReadOnlyList<ParameterAttribute>)attributes);
}
