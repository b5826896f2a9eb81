using System.Management.Automation;
using System.Text;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Contract;

/// <summary>
/// Scripts rely on error ids, on the names of cmdlet classes, which are a part of FullyQualifiedErrorId, and on
/// parameters. They stand in contract.txt: a line that changes or goes breaks somebody's script.
/// </summary>
public sealed class SnapshotTests(StagedModule module) : IClassFixture<StagedModule>
{
    private static readonly string Snapshot =
        Path.Combine(RepositoryLayout.Root, "tests", "DataResilience.PowerShell.Tests", "Contract", "contract.txt");

    [Fact]
    public void Error_ids_class_names_and_parameters_are_as_they_were()
    {
        string actual = Contract();
        if (Environment.GetEnvironmentVariable("DATARESILIENCE_ACCEPT_CONTRACT") == "1")
        {
            File.WriteAllText(Snapshot, actual);
        }

        string wanted = File.ReadAllText(Snapshot).ReplaceLineEndings("\n");
        Assert.Equal(wanted.Split('\n'), actual.Split('\n'));
    }

    private static string Line(ParameterMetadata parameter)
    {
        var sets = parameter.ParameterSets.Values;
        var traits = new[]
        {
            sets.Any(set => set.IsMandatory) ? "mandatory" : "",
            sets.Any(set => set.ValueFromPipeline) ? "by value" : "",
            sets.Any(set => set.ValueFromPipelineByPropertyName) ? "by property name" : "",
            parameter.Aliases.Count > 0 ? "alias " + string.Join(", ", parameter.Aliases) : "",
        };
        string traitText = string.Join("; ", traits.Where(trait => trait.Length > 0));
        return $"  -{parameter.Name} {TypeName(parameter.ParameterType)}" + (traitText.Length > 0 ? $" ({traitText})" : "");
    }

    private static string TypeName(Type type)
    {
        var named = Nullable.GetUnderlyingType(type) ?? type;
        return named.Name;
    }

    private string Contract()
    {
        var text = new StringBuilder("# Accept a change with DATARESILIENCE_ACCEPT_CONTRACT=1, and name it in CHANGELOG.md.\n\nErrors\n");
        foreach (var error in Errors.All.OrderBy(error => error.Code, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {error.Code} {error.Kind}\n");
        }

        foreach (var cmdlet in module.Cmdlets().OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{cmdlet.Name} {cmdlet.ImplementingType.FullName}\n");
            foreach (var parameter in Own(cmdlet))
            {
                text.Append(Line(parameter)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<ParameterMetadata> Own(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);
}
