using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Orders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Digital : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LibraryItems_OrderId_LinePosition",
                table: "LibraryItems");

            migrationBuilder.AddColumn<string>(
                name: "Needs",
                table: "Ownerships",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "RestsOn",
                table: "Ownerships",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ReleaseAt",
                table: "Orders",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ContentCount",
                table: "OrderLines",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Contents",
                table: "OrderLines",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Credit",
                table: "OrderLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Contains",
                table: "Offers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Prices",
                table: "Offers",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ReleaseAt",
                table: "Offers",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Requires",
                table: "Offers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "UpgradesFrom",
                table: "Offers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "PartOf",
                table: "LibraryItems",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_ReleaseAt",
                table: "Orders",
                column: "ReleaseAt");

            migrationBuilder.CreateIndex(
                name: "IX_LibraryItems_OrderId_LinePosition_Sku",
                table: "LibraryItems",
                columns: new[] { "OrderId", "LinePosition", "Sku" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LibraryItems_UserId_Sku",
                table: "LibraryItems",
                columns: new[] { "UserId", "Sku" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_ReleaseAt",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_LibraryItems_OrderId_LinePosition_Sku",
                table: "LibraryItems");

            migrationBuilder.DropIndex(
                name: "IX_LibraryItems_UserId_Sku",
                table: "LibraryItems");

            migrationBuilder.DropColumn(
                name: "Needs",
                table: "Ownerships");

            migrationBuilder.DropColumn(
                name: "RestsOn",
                table: "Ownerships");

            migrationBuilder.DropColumn(
                name: "ReleaseAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "ContentCount",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Contents",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Credit",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Contains",
                table: "Offers");

            migrationBuilder.DropColumn(
                name: "Prices",
                table: "Offers");

            migrationBuilder.DropColumn(
                name: "ReleaseAt",
                table: "Offers");

            migrationBuilder.DropColumn(
                name: "Requires",
                table: "Offers");

            migrationBuilder.DropColumn(
                name: "UpgradesFrom",
                table: "Offers");

            migrationBuilder.DropColumn(
                name: "PartOf",
                table: "LibraryItems");

            migrationBuilder.CreateIndex(
                name: "IX_LibraryItems_OrderId_LinePosition",
                table: "LibraryItems",
                columns: new[] { "OrderId", "LinePosition" },
                unique: true);
        }
    }
}
