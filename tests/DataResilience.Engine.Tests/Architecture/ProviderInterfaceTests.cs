using System.Reflection;

namespace DataResilience.Engine.Tests.Architecture;

public sealed class ProviderInterfaceTests
{
    private const int MostMembers = 7;

    private interface ISevenMembers
    {
        string One { get; set; }

        event EventHandler Two;

        void Three();

        void Four();

        void Five();

        void Six();

        void Seven();
    }

    private interface IEightMembers : ISevenMembers
    {
        void Eight();
    }

    [Fact]
    public void No_provider_interface_has_more_than_seven_members()
    {
        var tooLarge = Assembly.Load("DataResilience.Abstractions").GetTypes()
            .Where(type => type.IsInterface && type.Namespace == "DataResilience.Providers")
            .Where(type => Members(type) > MostMembers)
            .Select(type => $"{type.Name}: {Members(type)} members");

        Assert.Empty(tooLarge);
    }

    [Fact]
    public void A_property_and_an_event_count_once_and_inherited_members_count_too()
    {
        Assert.Equal(7, Members(typeof(ISevenMembers)));
        Assert.Equal(8, Members(typeof(IEightMembers)));
    }

    /// <summary>What an implementer has to write: a property or an event is one member, its accessors are none.</summary>
    private static int Members(Type type) =>
        type.GetInterfaces().Append(type)
            .Where(part => part.Namespace?.StartsWith("DataResilience", StringComparison.Ordinal) == true)
            .SelectMany(part => part.GetMembers())
            .Count(member => member is not MethodInfo { IsSpecialName: true });
}
