using System.CommandLine;
using DataResilience.Console.Demo;

namespace DataResilience.Console.Commands;

/// <summary>Every command, in its place.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CommonOptions common, CommandRunner runner, DemoCommand demo)
    {
        var root = new RootCommand("Backs up, verifies and restores databases over their wire protocol alone.")
        {
            new BackupCommand(runner),
            new ListBackupsCommand(runner),
            new VerifyCommand(runner),
            new RestoreCommand(runner),
            new PlanCommand(runner),
            new RemoveCommand(runner),
            new DatabasesCommand(runner),
            new Command("repository", "Makes, shows, tests and optimizes repositories.")
            {
                new NewRepositoryCommand(runner),
                new ShowRepositoryCommand(runner),
                new TestRepositoryCommand(runner),
                new OptimizeRepositoryCommand(runner),
            },
            new Command("key", "Adds, lists and removes the keys of a repository.")
            {
                new AddKeyCommand(runner),
                new ListKeysCommand(runner),
                new RemoveKeyCommand(runner),
            },
            demo,
        };
        common.AddTo(root);
        return root;
    }
}
