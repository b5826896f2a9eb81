using System.CommandLine;
using System.Reflection;
using System.Security;
using DataResilience.Console.Commands;
using DataResilience.Console.Output;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Commands;

/// <summary>Every request has exactly one command, and every property of it exactly one option that reaches it.</summary>
public sealed class ParityTests : IDisposable
{
    // A passphrase is never an argument: every user of the host could read it in the list of processes.
    private static readonly Dictionary<string, string> OptionOfSecret = new()
    {
        ["Passphrase"] = "--passphrase-file",
        ["NewPassphrase"] = "--new-passphrase-file",
    };

    private static readonly string[] FaceOptions = ["--what-if", "--yes"];

    private readonly string secretFile = Path.Combine(Directory.CreateTempSubdirectory().FullName, "secret");

    public ParityTests() => File.WriteAllText(secretFile, "a passphrase of a file\nsecond line\n");

    public static TheoryData<string, string> Properties =>
    [
        .. from request in OperationCommands.Requests
           from property in request.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.CanWrite
           select (request.Name, property.Name),
    ];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(secretFile)!, recursive: true);

    [Fact]
    public void Every_request_has_exactly_one_command() =>
        Assert.Equal(OperationCommands.Requests.Select(type => type.Name), OperationCommands.All.Select(command => OperationCommands.RequestOf(command)!.Name).Order());

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task Every_property_is_set_by_its_option(string requestName, string propertyName)
    {
        Type type = OperationCommands.Requests.Single(request => request.Name == requestName);
        PropertyInfo property = type.GetProperty(propertyName)!;
        string option = OptionOfSecret.GetValueOrDefault(propertyName) ?? ConsoleWording.Option(propertyName);
        var run = new FakeRun();
        run.Operations.Answer(Results.Of(OperationCommands.ResultOf(type)!));

        string[] words = [.. OperationCommands.Path(OperationCommands.For(type)), option, .. ValueFor(property)];
        int exitCode = await run.RunAsync(type == typeof(RemoveDatabaseBackupRequest) ? [.. words, "--yes"] : words);

        Assert.Equal("", run.Error);
        Assert.Equal(0, exitCode);
        object request = Assert.Single(run.Operations.Requests);
        Assert.IsType(type, request);
        Assert.NotEqual(Text(property, Activator.CreateInstance(type)!), Text(property, request));
    }

    [Fact]
    public void No_option_is_of_no_property()
    {
        var strangers =
            from command in OperationCommands.All
            from option in command.Options
            let type = OperationCommands.RequestOf(command)!
            let known = type.GetProperties().Select(property => OptionOfSecret.GetValueOrDefault(property.Name) ?? ConsoleWording.Option(property.Name))
            where !known.Concat(FaceOptions).Contains(option.Name)
            select $"{command.Name} {option.Name}";

        Assert.Empty(strangers);
    }

    [Fact]
    public void Every_argument_is_an_option_too() =>
        Assert.Empty(OperationCommands.All.SelectMany(command =>
            command.Arguments.Where(argument => command.Options.All(option => option.Name != "--" + argument.Name)).Select(argument => argument.Name)));

    [Fact]
    public void Every_option_and_command_says_what_it_is_for() =>
        Assert.Empty(OperationCommands.All.SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command))
            .Where(symbol => symbol.Description is not { Length: > 10 }).Select(symbol => symbol.Name));

    [Fact]
    public void Every_state_changing_command_has_what_if_and_no_other()
    {
        string[] reading = ["list", "plan", "databases", "info", "list"];

        var without = OperationCommands.All.Where(command => command.Options.All(option => option.Name != "--what-if")).Select(command => command.Name);

        Assert.Equal(reading.Order(), without.Order());
    }

    private static string Text(PropertyInfo property, object request) => property.GetValue(request) switch
    {
        null => "(null)",
        SecureString secret => Secret.Reveal(secret)!,
        IEnumerable<string> list => string.Join('|', list),
        var value => value.ToString()!,
    };

    private string[] ValueFor(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(bool) => [],
            _ when type == typeof(int) => ["3"],
            _ when type == typeof(TimeSpan) => ["1h30m"],
            _ when type == typeof(DateTime) => ["2h ago"],
            _ when type == typeof(SecureString) => [secretFile],
            _ when type == typeof(DatabaseEndpoint) => ["sqlite:some.db"],
            _ when type == typeof(DatabaseEngine) => ["mariadb"],
            _ when type == typeof(IntegrityLevel) => ["RESTORE"],
            _ when type == typeof(LockMode) => ["TableLocks"],
            _ when type == typeof(DatabaseDetail) => ["tables"],
            _ when type == typeof(RepositoryRole) => ["writer,reader"],
            _ => ["some,thing"],
        };
    }
}
