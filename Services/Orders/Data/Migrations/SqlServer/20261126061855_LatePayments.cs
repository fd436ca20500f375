using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Orders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class LatePayments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "OrderId",
                table: "TestCardRefunds",
                newName: "ChargeKey");

            migrationBuilder.RenameIndex(
                name: "IX_TestCardRefunds_OrderId",
                table: "TestCardRefunds",
                newName: "IX_TestCardRefunds_ChargeKey");

            migrationBuilder.RenameColumn(
                name: "OrderId",
                table: "TestCardCharges",
                newName: "Key");

            migrationBuilder.RenameColumn(
                name: "OrderId",
                table: "StripePayments",
                newName: "Key");

            migrationBuilder.AddColumn<Guid>(
                name: "LaterFor",
                table: "TestCardCharges",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LaterFor",
                table: "StripePayments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LaterKey",
                table: "Payments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PayUntil",
                table: "Payments",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Refusal",
                table: "Payments",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TryAgainAt",
                table: "Payments",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ReceiptMailings",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Times = table.Column<int>(type: "int", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceiptMailings", x => x.OrderId);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReceiptMailings");

            migrationBuilder.DropColumn(
                name: "LaterFor",
                table: "TestCardCharges");

            migrationBuilder.DropColumn(
                name: "LaterFor",
                table: "StripePayments");

            migrationBuilder.DropColumn(
                name: "LaterKey",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "PayUntil",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "Refusal",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "TryAgainAt",
                table: "Payments");

            migrationBuilder.RenameColumn(
                name: "ChargeKey",
                table: "TestCardRefunds",
                newName: "OrderId");

            migrationBuilder.RenameIndex(
                name: "IX_TestCardRefunds_ChargeKey",
                table: "TestCardRefunds",
                newName: "IX_TestCardRefunds_OrderId");

            migrationBuilder.RenameColumn(
                name: "Key",
                table: "TestCardCharges",
                newName: "OrderId");

            migrationBuilder.RenameColumn(
                name: "Key",
                table: "StripePayments",
                newName: "OrderId");
        }
    }
}
