using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging.Tests;

public sealed class UniqueViolationTests
{
    [Theory]
    [InlineData(2601, true)]
    [InlineData(2627, true)]
    [InlineData(547, false)]
    [InlineData(1205, false)]
    [InlineData(-2, false)]
    public void Of_the_errors_of_SQL_Server_an_index_and_a_key_that_are_violated_are_one_and_nothing_else_is(int number, bool isOne) =>
        Assert.Equal(isOne, new DbUpdateException("", ServerError(number)).IsUniqueViolation());

    [Theory]
    [InlineData(1555, true)]
    [InlineData(2067, true)]
    [InlineData(787, false)]
    [InlineData(1299, false)]
    [InlineData(5, false)]
    public void Of_the_errors_of_SQLite_too(int extended, bool isOne) =>
        Assert.Equal(isOne, new DbUpdateException("", new SqliteException("", extended & 0xff, extended)).IsUniqueViolation());

    [Fact]
    public void A_save_that_failed_for_another_reason_is_none() => Assert.False(new DbUpdateException("", new TimeoutException()).IsUniqueViolation());

    // The driver makes these by itself only, from what a server has sent.
    private static SqlException ServerError(int number)
    {
        const BindingFlags Own = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        var making = typeof(SqlError).GetConstructors(Own).First(made => made.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(int));
        var error = making.Invoke([.. making.GetParameters().Select((parameter, index) => index == 0 ? number
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : parameter.ParameterType == typeof(string) ? "" : null)]);
        typeof(SqlErrorCollection).GetMethod("Add", Own)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", Own, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, ""])!;
    }
}
