using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace DataResilience.PowerShell.Tests.Contract;

/// <summary>The cmdlets hold no logic of their own: their parameters are the properties of the requests, and nothing else.</summary>
public sealed partial class RequestParityTests(StagedModule module) : IClassFixture<StagedModule>
{
    /// <summary>Properties that are given in parts as well as in one.</summary>
    private static readonly Dictionary<string, string[]> Parts = new(StringComparer.Ordinal)
    {
        ["Source"] = ["Source", "Engine", "Server", "Port", "Database", "Credential"],
        ["Target"] = ["Target", "TargetEngine", "TargetServer", "TargetPort", "TargetDatabase", "TargetCredential"],
    };

    /// <summary>Parameters that are about the shell, not about the operation.</summary>
    private static readonly Dictionary<string, string> OfTheShell = new(StringComparer.Ordinal)
    {
        ["Quiet"] = "the same result, told as one bool",
        ["PassThru"] = "the same result, emitted or not",
        ["Force"] = "leaves out the question that the shell asks",
        ["WhatIf"] = "asks for the plan instead",
        ["Confirm"] = "asks before",
    };

    public static TheoryData<string> Requests =>
        [.. typeof(IOperations).Assembly.GetTypes().Where(IsRequest).Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_property_of_a_request_is_a_parameter_and_the_other_way_round(string request)
    {
        var type = typeof(IOperations).Assembly.GetTypes().Single(candidate => candidate.Name == request);
        var parameters = module.Cmdlets().Single(cmdlet => cmdlet.Name == CmdletOf(request)).Parameters.Keys
            .Except(Cmdlet.CommonParameters)
            .Except(OfTheShell.Keys);
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => Parts.GetValueOrDefault(property.Name) ?? [property.Name]);

        Assert.Equal(properties.Order(StringComparer.Ordinal), parameters.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_has_a_request()
    {
        var requests = typeof(IOperations).Assembly.GetTypes().Where(IsRequest).Select(type => CmdletOf(type.Name));

        Assert.Empty(module.Cmdlets().Select(cmdlet => cmdlet.Name).Except(requests));
    }

    private static bool IsRequest(Type type) =>
        !type.IsAbstract && type.GetInterfaces().Any(part => part.IsGenericType && part.GetGenericTypeDefinition() == typeof(IOperationRequest<>));

    private static string CmdletOf(string request) => FirstWord().Replace(request[..^"Request".Length], "$1-", 1);

    [GeneratedRegex("^([A-Z][a-z]+)")]
    private static partial Regex FirstWord();
}
